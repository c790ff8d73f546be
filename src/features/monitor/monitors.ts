// monitors.ts: sessions that are shown every command (MONITOR).
//
// They are an onlooker of the engine while there is one of them: a line is written only then.

import { latin1, type Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { ADMIN, SKIP_MONITOR } from '../../engine/command/flags.ts'
import { definePart } from '../../engine/contract/parts.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Message } from '../../engine/session/broadcast.ts'
import type { Onlooker } from '../../engine/session/onlookers.ts'
import type { Session } from '../../engine/session/session.ts'

/** The monitors of an engine. */
export const monitors = definePart('monitors', (engine) => new Monitors(engine))

export class Monitors {
  private readonly sessions = new Set<Session>()
  private readonly engine: Engine
  private readonly line = new Line()

  constructor(engine: Engine) {
    this.engine = engine
  }

  has(session: Session): boolean {
    return this.sessions.has(session)
  }

  add(session: Session): void {
    this.sessions.add(session)
    this.engine.onlookers.add(this.show)
  }

  remove(session: Session): void {
    this.sessions.delete(session)
    if (this.sessions.size === 0) this.engine.onlookers.remove(this.show)
  }

  private readonly show: Onlooker = (ctx, command, args, hidden) => {
    if ((command.flags & (SKIP_MONITOR | ADMIN)) !== 0) return
    this.line.bytes = latin1(`+${head(ctx)} ${words(args, hidden)}\r\n`)
    this.engine.broadcast.send(this.line, this.sessions)
  }
}

function words(args: Args, hidden: ReadonlySet<number>): string {
  const texts: string[] = []
  for (let i = 0; i < args.count; i++) {
    texts.push(hidden.has(i) ? '"(redacted)"' : quoted(args.at(i)))
  }
  return texts.join(' ')
}

class Line implements Message {
  readonly isMutable = true
  bytes: Uint8Array = new Uint8Array(0)

  get room(): number {
    return this.bytes.length
  }

  write(reply: Reply): void {
    reply.raw(this.bytes)
  }
}

function head({ engine, session, db }: Context): string {
  const micros = engine.time.micros
  const seconds = Math.floor(micros / 1_000_000)
  const rest = String(micros % 1_000_000).padStart(6, '0')
  const { address } = session.transport
  const from = address.startsWith('/') ? `unix:${address.replace(/:0$/, '')}` : address
  return `${seconds}.${rest} [${db.id} ${from}]`
}

const ESCAPES = new Map([
  [7, '\\a'],
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [13, '\\r'],
  [34, '\\"'],
  [92, '\\\\'],
])

/** Bytes between quotes, with escapes for all that is not plain ASCII. */
function quoted({ bytes, start, end }: Span): string {
  let text = '"'
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    const escaped = ESCAPES.get(byte)
    if (escaped !== undefined) text += escaped
    else if (byte >= 32 && byte < 127) text += String.fromCharCode(byte)
    else text += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `${text}"`
}
