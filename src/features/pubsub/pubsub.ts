// pubsub.ts: PUBSUB and its list of subcommands: what is listened to, and by how many.

import { globMatches } from '../../bytes/text/glob.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { replyHelp } from '../../engine/command/help.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { CHANNEL, type ChannelKind, PATTERN, pubsub, SHARD } from './subscriptions.ts'

const channels = defineCommand({
  name: 'PUBSUB CHANNELS',
  group: 'pubsub',
  since: '2.8.0',
  summary: 'Lists the channels somebody listens to.',
  complexity: 'O(N) for N channels',
  syntax: '[pattern]',
  flags: ['pubsub', 'loading', 'stale'],
  run: (ctx, args, reply) => list(ctx, args, reply, CHANNEL),
})

const numsub = defineCommand({
  name: 'PUBSUB NUMSUB',
  group: 'pubsub',
  since: '2.8.0',
  summary: 'Counts the listeners of channels.',
  complexity: 'O(N) for N channels',
  syntax: 'channel*',
  flags: ['pubsub', 'loading', 'stale'],
  run: (ctx, args, reply) => count(ctx, args, reply, CHANNEL),
})

const numpat = defineCommand({
  name: 'PUBSUB NUMPAT',
  group: 'pubsub',
  since: '2.8.0',
  summary: 'Counts the patterns somebody listens to.',
  complexity: 'O(1)',
  flags: ['pubsub', 'loading', 'stale'],
  reply: 'integer',
  run(ctx, _args, reply) {
    reply.integer(ctx.engine.part(pubsub).count(PATTERN))
  },
})

const shardChannels = defineCommand({
  name: 'PUBSUB SHARDCHANNELS',
  group: 'pubsub',
  since: '7.0.0',
  summary: 'Lists the shard channels somebody listens to.',
  complexity: 'O(N) for N channels',
  syntax: '[pattern]',
  flags: ['pubsub', 'loading', 'stale'],
  run: (ctx, args, reply) => list(ctx, args, reply, SHARD),
})

const shardNumsub = defineCommand({
  name: 'PUBSUB SHARDNUMSUB',
  group: 'pubsub',
  since: '7.0.0',
  summary: 'Counts the listeners of shard channels.',
  complexity: 'O(N) for N channels',
  syntax: 'shardchannel*',
  flags: ['pubsub', 'loading', 'stale'],
  run: (ctx, args, reply) => count(ctx, args, reply, SHARD),
})

const help = defineCommand({
  name: 'PUBSUB HELP',
  group: 'pubsub',
  since: '6.2.0',
  summary: 'Lists the subcommands of PUBSUB.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

export const pubsubCommand = defineCommand({
  name: 'PUBSUB',
  group: 'pubsub',
  since: '2.8.0',
  summary: 'Looks at channels and who listens.',
  complexity: 'that of the subcommand',
  subcommands: [channels, numsub, numpat, shardChannels, shardNumsub, help],
})

/** Names that somebody listens to, those only that match argument 2 where there is one. */
function list(ctx: Context, args: Args, reply: Reply, kind: ChannelKind): void {
  if (args.count > 3) throw errors.subcommandSyntax(args.text(1), 'PUBSUB')
  let all = [...ctx.engine.part(pubsub).names[kind]!.all()]
  if (args.count > 2) all = all.filter(({ name }) => globMatches(args.at(2), name, false))
  reply.array(all.length)
  for (const { name } of all) reply.bulk(name)
}

function count(ctx: Context, args: Args, reply: Reply, kind: ChannelKind): void {
  reply.array((args.count - 2) * 2)
  for (let i = 2; i < args.count; i++) {
    const name = args.at(i)
    reply.bulk(name)
    reply.integer(ctx.engine.part(pubsub).names[kind]!.find(name)?.sessions.size ?? 0)
  }
}
