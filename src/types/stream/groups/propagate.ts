// propagate.ts: states what was done to groups as commands that do it again, whoever reads what and
// when: what is delivered is claimed, where a group has got to is set.

import type { Span } from '../../../bytes/memory/span.ts'
import { Int64 } from '../../../bytes/numbers/int64.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { idText } from '../id.ts'
import type { Place } from '../nodes/id-table.ts'
import type { Consumer } from './consumer.ts'
import type { Group } from './group.ts'

const count = new Int64()

/** That an entry is pending, as it is now. */
export function propagateClaim(ctx: Context, key: Span, group: Group, place: Place): void {
  const { effects } = ctx.engine
  if (!effects.armed) return
  const at = group.pending.offset(place)
  const id = idText(group.pending.words(place).subarray(at))
  const { name } = group.ownerAt(place)
  const { high, low } = group.readCount(place, count)
  const deliveries = (BigInt(high) << 32n) | BigInt(low >>> 0)
  effects.state(ctx.db.id, 14).word('XCLAIM').span(key).bytes(group.name).bytes(name).number(0)
  effects.word(id).word('TIME').number(group.timeAt(place)).word('RETRYCOUNT').number(deliveries)
  effects.word('FORCE').word('JUSTID').word('LASTID').word(idText(group.lastId))
}

/** How far the group has read. */
export function propagateLastId(ctx: Context, key: Span, group: Group): void {
  const { effects } = ctx.engine
  if (!effects.armed) return
  const { high, low } = group.entriesRead
  const read = (BigInt(high) << 32n) | BigInt(low >>> 0)
  effects.state(ctx.db.id, 7).word('XGROUP').word('SETID').span(key).bytes(group.name)
  effects.word(idText(group.lastId)).word('ENTRIESREAD').number(read)
}

/** That there is a consumer. */
export function propagateConsumer(ctx: Context, key: Span, group: Group, who: Consumer): void {
  const { effects } = ctx.engine
  if (!effects.armed) return
  effects.state(ctx.db.id, 5).word('XGROUP').word('CREATECONSUMER').span(key)
  effects.bytes(group.name).bytes(who.name)
}

/** Says that the effects stated are all there are. */
export function replaceEffects(ctx: Context): void {
  if (ctx.engine.effects.armed) ctx.engine.effects.replace()
}
