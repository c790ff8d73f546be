// publish.ts: PUBLISH and SPUBLISH.

import { defineCommand } from '../../engine/command.ts'

const publish = defineCommand({
  name: 'PUBLISH',
  group: 'pubsub',
  since: '2.0.0',
  summary: 'Sends a message to whoever listens to a channel.',
  complexity: 'O(N+M) for N listeners and M patterns in use',
  syntax: 'channel message',
  flags: ['pubsub', 'loading', 'stale', 'fast', 'may_replicate'],
  reply: 'integer',
  run(ctx, args, reply) {
    reply.integer(ctx.engine.pubsub.publish(args.at(1), args.at(2)))
  },
})

const publishToShard = defineCommand({
  name: 'SPUBLISH',
  group: 'pubsub',
  since: '7.0.0',
  summary: 'Sends a message to whoever listens to a shard channel.',
  complexity: 'O(N) for N listeners',
  syntax: 'shardchannel:slot message',
  keys: 'not_key',
  flags: ['pubsub', 'loading', 'stale', 'fast', 'may_replicate'],
  reply: 'integer',
  run(ctx, args, reply) {
    reply.integer(ctx.engine.pubsub.publishToShard(args.at(1), args.at(2)))
  },
})

export const publishCommands = [publish, publishToShard]
