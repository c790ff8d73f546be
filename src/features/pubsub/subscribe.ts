// subscribe.ts: SUBSCRIBE, PSUBSCRIBE and SSUBSCRIBE, and their opposites.

import { defineCommand } from '../../engine/command/command.ts'
import { errors } from './errors.ts'
import { subscribe, unsubscribe } from './listening.ts'
import { CHANNEL, PATTERN, SHARD } from './subscriptions.ts'

const subscribeChannels = defineCommand({
  name: 'SUBSCRIBE',
  group: 'pubsub',
  since: '2.0.0',
  summary: 'Listens to channels.',
  complexity: 'O(N) for N channels',
  syntax: 'channel+',
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  run(ctx, args, reply) {
    if (!ctx.mayListen) throw errors.denyBlocking('SUBSCRIBE')
    subscribe(ctx, args, reply, CHANNEL)
  },
})

const unsubscribeChannels = defineCommand({
  name: 'UNSUBSCRIBE',
  group: 'pubsub',
  since: '2.0.0',
  summary: 'Stops listening to channels, or to all of them.',
  complexity: 'O(N) for N channels',
  syntax: 'channel*',
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  run: (ctx, args, reply) => unsubscribe(ctx, args, reply, CHANNEL),
})

const subscribePatterns = defineCommand({
  name: 'PSUBSCRIBE',
  group: 'pubsub',
  since: '2.0.0',
  summary: 'Listens to the channels that match patterns.',
  complexity: 'O(N) for N patterns',
  syntax: 'pattern+',
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  run(ctx, args, reply) {
    if (!ctx.mayListen) throw errors.denyBlocking('PSUBSCRIBE')
    subscribe(ctx, args, reply, PATTERN)
  },
})

const unsubscribePatterns = defineCommand({
  name: 'PUNSUBSCRIBE',
  group: 'pubsub',
  since: '2.0.0',
  summary: 'Stops listening to patterns, or to all of them.',
  complexity: 'O(N) for N patterns',
  syntax: 'pattern*',
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  run: (ctx, args, reply) => unsubscribe(ctx, args, reply, PATTERN),
})

const subscribeShards = defineCommand({
  name: 'SSUBSCRIBE',
  group: 'pubsub',
  since: '7.0.0',
  summary: 'Listens to shard channels.',
  complexity: 'O(N) for N channels',
  syntax: 'shardchannel:slot+',
  keys: 'not_key',
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  run(ctx, args, reply) {
    // Unlike its elders it is refused inside a transaction.
    if (!ctx.mayListen || !ctx.mayBlock) throw errors.denyBlocking('SSUBSCRIBE')
    subscribe(ctx, args, reply, SHARD)
  },
})

const unsubscribeShards = defineCommand({
  name: 'SUNSUBSCRIBE',
  group: 'pubsub',
  since: '7.0.0',
  summary: 'Stops listening to shard channels, or to all of them.',
  complexity: 'O(N) for N channels',
  syntax: 'shardchannel:slot*',
  keys: 'not_key',
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  run: (ctx, args, reply) => unsubscribe(ctx, args, reply, SHARD),
})

export const subscribeCommands = [
  subscribeChannels,
  unsubscribeChannels,
  subscribePatterns,
  unsubscribePatterns,
  subscribeShards,
  unsubscribeShards,
]
