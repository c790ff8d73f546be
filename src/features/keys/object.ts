// object.ts: OBJECT: how a value is kept and how much it is used.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { type Command, defineCommand } from '../../engine/command/command.ts'
import { replyHelp } from '../../engine/command/help.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'

type Question = {
  readonly name: string
  readonly since: string
  readonly summary: string
  answer(ctx: Context, ref: number, reply: Reply): void
}

function question({ answer, name, since, summary }: Question): Command {
  return defineCommand({
    name,
    group: 'generic',
    since,
    summary,
    complexity: 'O(1)',
    syntax: 'key',
    keys: 'RO',
    flags: ['readonly'],
    tips: ['nondeterministic_output'],
    run(ctx, args, reply) {
      const ref = look(ctx, args)
      if (ref === 0) reply.nil()
      else answer(ctx, ref, reply)
    },
  })
}

/** The entry of the key that is asked about: a hit or miss of the statistics, and no more. */
function look(ctx: Context, args: Args): number {
  const ref = ctx.peek(args.key(2))
  if (ref === 0) ctx.engine.stats.keyspaceMisses++
  else ctx.engine.stats.keyspaceHits++
  return ref
}

const encoding = question({
  name: 'OBJECT ENCODING',
  since: '2.2.3',
  summary: 'Tells in which form a value is kept.',
  answer: (ctx, ref, reply) => reply.text(ctx.dataType(ref).encoding(ctx.db, ref)),
})

const refCount = question({
  name: 'OBJECT REFCOUNT',
  since: '2.2.3',
  summary: 'Tells how many references a value has.',
  // Values are not shared, neither here nor, since 8.2, there.
  answer: (_ctx, _ref, reply) => reply.integer(1),
})

const idleTime = question({
  name: 'OBJECT IDLETIME',
  since: '2.2.3',
  summary: 'Tells for how many seconds a key has not been used.',
  answer({ engine, db }, ref, reply) {
    if (engine.access.lfu) throw errors.idleTimeUntracked
    reply.integer(engine.access.idleSeconds(db, ref))
  },
})

const frequency = question({
  name: 'OBJECT FREQ',
  since: '4.0.0',
  summary: 'Tells how often a key is used, as a logarithmic count, under an LFU policy.',
  answer({ engine, db }, ref, reply) {
    if (!engine.access.lfu) throw errors.frequencyUntracked
    reply.integer(engine.access.frequency(db, ref))
  },
})

const help = defineCommand({
  name: 'OBJECT HELP',
  group: 'generic',
  since: '6.2.0',
  summary: 'Lists the subcommands of OBJECT.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

export const object = defineCommand({
  name: 'OBJECT',
  group: 'generic',
  since: '2.2.3',
  summary: 'Looks at how values are kept.',
  complexity: 'that of the subcommand',
  subcommands: [encoding, frequency, idleTime, refCount, help],
})
