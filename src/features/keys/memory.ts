// memory.ts: MEMORY: what keys, databases and the engine around them take.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { replyHelp } from '../../engine/command/help.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { measureMemory } from '../../engine/upkeep/memory-figures.ts'
import { diagnose } from './memory-doctor.ts'
import { allocatorReport, statistics } from './memory-figures.ts'

const usage = defineCommand({
  name: 'MEMORY USAGE',
  group: 'server',
  since: '4.0.0',
  summary: 'Estimates the bytes a key takes.',
  complexity: 'O(N) for N samples',
  syntax: 'key [SAMPLES count:int]',
  keys: 'RO',
  flags: ['readonly'],
  run: replyUsage,
})

const stats = defineCommand({
  name: 'MEMORY STATS',
  group: 'server',
  since: '4.0.0',
  summary: 'Tells what memory is used for.',
  complexity: 'O(1)',
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  run: (ctx, _args, reply) => replyStats(ctx, reply),
})

const doctor = defineCommand({
  name: 'MEMORY DOCTOR',
  group: 'server',
  since: '4.0.0',
  summary: 'Explains in words what is odd about the use of memory.',
  complexity: 'O(1)',
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  run: ({ engine }, _args, reply) => reply.verbatim('txt', diagnose(measureMemory(engine))),
})

const mallocStats = defineCommand({
  name: 'MEMORY MALLOC-STATS',
  group: 'server',
  since: '4.0.0',
  summary: "Shows the allocator's own statistics.",
  complexity: 'depends on the memory in use; may be slow',
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  run: ({ engine }, _args, reply) => reply.verbatim('txt', allocatorReport(engine)),
})

const purge = defineCommand({
  name: 'MEMORY PURGE',
  group: 'server',
  since: '4.0.0',
  summary: 'Asks the allocator to give memory back.',
  complexity: 'depends on the memory in use; may be slow',
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  run({ engine }, _args, reply) {
    for (const db of engine.databases) db.arena.trim()
    reply.ok()
  },
})

const help = defineCommand({
  name: 'MEMORY HELP',
  group: 'server',
  since: '4.0.0',
  summary: 'Lists the subcommands of MEMORY.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

export const memory = defineCommand({
  name: 'MEMORY',
  group: 'server',
  since: '4.0.0',
  summary: 'Looks at how memory is used.',
  complexity: 'that of the subcommand',
  subcommands: [doctor, mallocStats, purge, stats, usage, help],
})

/** The figure is exact: SAMPLES is understood, and nothing is sampled. */
function replyUsage(ctx: Context, args: Args, reply: Reply): void {
  for (let i = 3; i < args.count; i += 2) {
    if (!args.is(i, 'SAMPLES') || i + 1 === args.count) throw errors.syntax
    if (args.int64(i + 1) < 0n) throw errors.syntax
  }
  // An expired key that is still there takes its bytes like any other, and no use is noted.
  const { db } = ctx
  const ref = db.find(args.key(2))
  if (ref === 0) reply.nil()
  else reply.integer(db.entryBytes(ref) + ctx.dataType(ref).bytes(db, ref))
}

function replyStats(ctx: Context, reply: Reply): void {
  const lines = statistics(measureMemory(ctx.engine))
  reply.map(lines.length)
  for (const [name, value] of lines) {
    reply.text(name)
    if (typeof value === 'number') reply.integer(value)
    else if ('ratio' in value) reply.double(value.ratio)
    else {
      reply.map(value.pairs.length)
      for (const [inner, bytes] of value.pairs) {
        reply.text(inner)
        reply.integer(bytes)
      }
    }
  }
}
