// rename.ts: RENAME and RENAMENX.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { errors } from '../../engine/contract/errors.ts'
import { GENERIC } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'

const REFUSED = 0
const RENAMED = 1
const SAME = 2

const renameKey = defineCommand({
  name: 'RENAME',
  group: 'generic',
  since: '1.0.0',
  summary: 'Gives a key another name, in place of whatever had it.',
  complexity: 'O(1)',
  syntax: 'key newkey:key',
  keys: ['RW access delete', 'OW update'],
  flags: ['write'],
  run(ctx, args, reply) {
    rename(ctx, args, true)
    reply.ok()
  },
})

const renamenx = defineCommand({
  name: 'RENAMENX',
  group: 'generic',
  since: '1.0.0',
  summary: 'Gives a key another name unless that is taken.',
  complexity: 'O(1)',
  syntax: 'key newkey:key',
  keys: ['RW access delete', 'OW insert'],
  flags: ['write', 'fast'],
  history: [['3.2.0', 'equal names are no error']],
  run(ctx, args, reply) {
    reply.integer(rename(ctx, args, false) === RENAMED ? 1 : 0)
  },
})

export const renameCommands = [renameKey, renamenx]

/** Renames argument 1 to argument 2. @throws errors.noSuchKey */
function rename(ctx: Context, args: Args, replacing: boolean): number {
  const { db } = ctx
  const from = args.key(1)
  const to = args.key(2)
  const ref = ctx.find(from)
  if (ref === 0) throw errors.noSuchKey
  if (from.equals(to)) return SAME
  const taken = ctx.find(to)
  if (taken !== 0 && !replacing) return REFUSED
  const type = ctx.dataType(ref)
  const typeChanged = taken !== 0 && ctx.dataType(taken) !== type
  if (taken !== 0) ctx.displace(taken, to)
  type.settle?.(db, ref)
  ctx.changes.move(db, ref, db, to)
  ctx.created(to)
  ctx.touched(to, 0)
  ctx.gone(GENERIC, 'rename_from', from)
  ctx.notify(GENERIC, 'rename_to', to)
  if (taken !== 0) ctx.replaced(to, typeChanged)
  return RENAMED
}
