// inspect.ts: the subcommands that show how data lies in memory.

import { RECORD_HEADER } from '../../bytes/keys/record.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import type { TableShape } from '../../engine/contract/datatype.ts'
import { ANY_WORDS, type DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { readAccess, TTL_WORDS } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'
import { errors } from './errors.ts'

const HASH_TABLE = 'Hash table 0 stats (main hash table):\n'

export const inspections: readonly DebugSubcommand[] = [
  {
    name: 'HTSTATS',
    usage: '<dbid> [full]',
    help: [
      'Tells the size of the tables of a database; with `full` also how long their chains are,',
      'which takes as long as there are keys.',
    ],
    words: [3, ANY_WORDS],
    run: replyTables,
  },
  {
    name: 'HTSTATS-KEY',
    usage: '<key> [full]',
    help: ['The same for the table that is the value of a key.'],
    words: [3, ANY_WORDS],
    run(ctx, args, reply) {
      const ref = ctx.peek(args.at(2))
      if (ref === 0) throw errors.noSuchKey
      const table = ctx.dataType(ref).table?.(ctx.db, ref)
      if (table === undefined) throw errors.debugNoTable
      reply.verbatim('txt', describe(table, args.is(3, 'FULL')))
    },
  },
  {
    name: 'OBJECT',
    usage: '<key>',
    help: ['Tells how a value is kept, how long it is in an RDB file, and when it was used.'],
    words: [3, 3],
    run: replyObject,
  },
  {
    name: 'STRUCTSIZE',
    usage: '',
    help: ['Tells how many bytes an entry takes beside its key and its value.'],
    words: [2, 2],
    run(_ctx, _args, reply) {
      reply.text(`bits:64 entry:${RECORD_HEADER} ttl:${TTL_WORDS * 4} dictentry:4 `)
    },
  },
]

function replyObject(ctx: Context, args: Args, reply: Reply): void {
  const { db, engine } = ctx
  const ref = db.find(args.at(2))
  if (ref === 0) throw errors.noSuchKey
  const type = ctx.dataType(ref)
  reply.simple(
    `Value at:0x${ref.toString(16)} refcount:1 encoding:${type.encoding(db, ref)} ` +
      `serializedlength:${savedLength(ctx, ref)} lru:${readAccess(db.arena, ref)} ` +
      `lru_seconds_idle:${engine.access.idleSeconds(db, ref)}${type.details?.(db, ref) ?? ''}`,
  )
}

/** Bytes of the value in an RDB file. */
function savedLength(ctx: Context, ref: number): number {
  const writer = new RdbWriter({ compress: ctx.engine.config.flag('rdbcompression').value })
  writer.drain = () => {}
  saveWhole(ctx.dataType(ref), ctx.db, ref, writer)
  return writer.position
}

function replyTables(ctx: Context, args: Args, reply: Reply): void {
  const { databases } = ctx.engine
  const id = args.int(2)
  const db = databases[id]
  if (db === undefined) throw errors.debugDatabase
  const keys = db.dict.count === 0 ? '' : describe(db.dict, args.is(3, 'FULL'))
  reply.verbatim('txt', `[Dictionary HT]\n${keys}[Expires HT]\n${describeExpiring(db)}`)
}

function describe(table: TableShape, full: boolean): string {
  const { count, size } = table
  const counts = `${HASH_TABLE} table size: ${size}\n number of elements: ${count}\n`
  if (!full) return counts
  const chains = table.histogram()
  const used = size - (chains[0] ?? 0)
  const lines = chains.flatMap((times, length) => {
    return times === 0 ? [] : [`   ${length}: ${times} (${((times / size) * 100).toFixed(2)}%)\n`]
  })
  return (
    `${counts} different slots: ${used}\n max chain length: ${chains.length - 1}\n` +
    ` avg chain length (counted): ${(count / used).toFixed(2)}\n` +
    ` avg chain length (computed): ${(count / used).toFixed(2)}\n` +
    ` Chain length distribution:\n${lines.join('')}`
  )
}

/** Keys that expire are in a list, where each has the place that its entry names: no chains. */
function describeExpiring({ expiring }: Database): string {
  if (expiring.length === 0) return ''
  const { length } = expiring
  return `${HASH_TABLE} table size: ${length}\n number of elements: ${length}\n`
}
