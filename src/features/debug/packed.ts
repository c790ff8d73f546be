// packed.ts: DEBUG LISTPACK and QUICKLIST: what is packed where, for the log.

import { Span } from '../../bytes/memory/span.ts'
import type { Args } from '../../engine/arguments/args.ts'
import type { DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'

/** Elements that are shown, and bytes of each. */
const SHOWN_MAX = 128
const TEXT_MAX = 64

export const packed: readonly DebugSubcommand[] = [
  {
    name: 'LISTPACK',
    usage: '<key>',
    help: ['Writes what is in a listpack to the log.'],
    words: [3, 3],
    run(ctx, args, reply) {
      const ref = find(ctx, args)
      if (!encodingOf(ctx, ref).startsWith('listpack')) throw errors.debugNoListpack
      show(ctx, ref, true)
      reply.simple('Listpack structure printed on stdout')
    },
  },
  {
    name: 'QUICKLIST',
    usage: '<key> [<0|1>]',
    help: ['Writes the figures of a quicklist to the log, with 1 also what is in it.'],
    words: [3, 4],
    run(ctx, args, reply) {
      const ref = find(ctx, args)
      if (encodingOf(ctx, ref) !== 'quicklist') throw errors.debugNoQuicklist
      show(ctx, ref, args.is(3, '1'))
      reply.simple('Quicklist structure printed on stdout')
    },
  },
]

function find(ctx: Context, args: Args): number {
  const ref = ctx.peek(args.at(2))
  if (ref === 0) throw errors.noSuchKey
  return ref
}

function encodingOf(ctx: Context, ref: number): string {
  return ctx.dataType(ref).encoding(ctx.db, ref)
}

function show(ctx: Context, ref: number, withElements: boolean): void {
  const { db, engine } = ctx
  const type = ctx.dataType(ref)
  const bytes = db.entryBytes(ref) + type.bytes(db, ref)
  const key = db.key(ref, new Span()).text()
  const facts = `${type.encoding(db, ref)} bytes:${bytes}${type.details?.(db, ref) ?? ''}`
  engine.host.log('notice', `DEBUG ${key}: ${facts}`)
  if (!withElements) return
  let count = 0
  type.walk?.(db, ref, (element) => {
    if (count++ >= SHOWN_MAX) return
    const text = element.text().slice(0, TEXT_MAX)
    engine.host.log('notice', `DEBUG ${key}: ${count}) ${element.length} ${JSON.stringify(text)}`)
  })
}
