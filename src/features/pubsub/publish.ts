// publish.ts: PUBLISH and SPUBLISH.

import { defineCommand } from '../../engine/command/command.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { TO_REPLICAS } from '../../engine/effects/block.ts'
import { pubsub } from './subscriptions.ts'

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
    reply.integer(ctx.engine.part(pubsub).publish(args.at(1), args.at(2)))
    tellReplicas(ctx)
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
    reply.integer(ctx.engine.part(pubsub).publishToShard(args.at(1), args.at(2)))
    tellReplicas(ctx)
  },
})

/** Who listens at a replica hears what is said here; a file has no use for it. */
function tellReplicas({ engine }: Context): void {
  if (engine.effects.armed) engine.effects.force(TO_REPLICAS)
}

export const publishCommands = [publish, publishToShard]
