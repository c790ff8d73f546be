// client-line.ts: a session as one line of CLIENT LIST: the fields of redis-server 8.2.3 in their
// order. Sessions share one output buffer, so that those for reply buffers of their own say 0.

import type { Words } from '../../bytes/wire/request.ts'
import { partBytes } from '../../engine/contract/parts.ts'
import type { Session } from '../../engine/session/session.ts'
import { SESSION_BYTES } from '../../engine/upkeep/memory.ts'
import { monitors } from '../monitor/monitors.ts'
import { CHANNEL, PATTERN, SHARD, subscriptions } from '../pubsub/subscriptions.ts'

/** The line of one session, without a line end. */
export function clientLine(session: Session): string {
  const { transport, transaction, request, engine } = session
  const listening = session.peek(subscriptions)
  const argvBytes = argumentBytes(session.blocked?.words ?? session.deferred ?? request.words)
  const unread = transport.pending
  const gathered = request.buffered + argvBytes + transaction.bytes + partBytes(session)
  const memory = SESSION_BYTES + gathered + unread
  const fields = [
    `id=${session.id}`,
    `addr=${transport.address}`,
    `laddr=${transport.localAddress}`,
    `fd=${transport.descriptor}`,
    `name=${word(session.name)}`,
    `age=${seconds(engine.now) - seconds(session.createdAt)}`,
    `idle=${seconds(engine.now) - seconds(session.lastInteraction)}`,
    `flags=${flagsOf(session)}`,
    `db=${session.database}`,
    `sub=${listening?.count(CHANNEL) ?? 0}`,
    `psub=${listening?.count(PATTERN) ?? 0}`,
    `ssub=${listening?.count(SHARD) ?? 0}`,
    `multi=${transaction.open ? transaction.queue.length : -1}`,
    `watch=${transaction.watchedKeys}`,
    `qbuf=${request.held}`,
    `qbuf-free=${Math.max(0, request.buffered - request.held)}`,
    `argv-mem=${argvBytes}`,
    `multi-mem=${transaction.queueBytes}`,
    'rbs=0 rbp=0 obl=0 oll=0',
    `omem=${unread}`,
    `tot-mem=${memory}`,
    `events=${unread > 0 ? 'rw' : 'r'}`,
    `cmd=${session.lastCommand?.fullName ?? 'NULL'}`,
    `user=${session.user}`,
    'redir=-1',
    `resp=${session.protocol}`,
    `lib-name=${word(session.libraryName)}`,
    `lib-ver=${word(session.libraryVersion)}`,
    'io-thread=0',
    `tot-net-in=${session.netInput}`,
    `tot-net-out=${session.netOutput}`,
    `tot-cmds=${session.commands}`,
  ]
  return fields.join(' ')
}

function flagsOf(session: Session): string {
  let flags = session.engine.peek(monitors)?.has(session) ? 'O' : ''
  if (session.peek(subscriptions)?.isListener) flags += 'P'
  if (session.transaction.open) flags += 'x'
  if (session.isBlocked) flags += 'b'
  if (session.transaction.dirtyCas) flags += 'd'
  if (session.closing) flags += 'c'
  if (session.transport.address.startsWith('/')) flags += 'U'
  if (session.noEvict) flags += 'e'
  if (session.noTouch) flags += 'T'
  return flags === '' ? 'N' : flags
}

/** A name up to its first NUL, if it has one: what may come after it could break the line. */
function word(name: string): string {
  const nul = name.indexOf('\0')
  return nul < 0 ? name : name.slice(0, nul)
}

function argumentBytes(words: Words): number {
  let sum = 0
  for (let i = 0; i < words.count; i++) sum += words.ends[i]! - words.starts[i]!
  return sum
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
