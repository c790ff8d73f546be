// monitors.ts: sessions that are shown every command (MONITOR).
//
// A line is written only while somebody looks: `armed` is all that a command costs otherwise.

import type { Reply } from '../bytes/reply.ts'
import { latin1, type Span } from '../bytes/span.ts'
import type { Args } from './args.ts'
import type { Broadcast, Message } from './broadcast.ts'
import { ADMIN, SKIP_MONITOR } from './command-flags.ts'
import type { Context } from './context.ts'
import type { Session } from './session.ts'
import type { BoundCommand } from './table.ts'

export class Monitors {
  armed = false
  private readonly sessions = new Set<Session>()
  private readonly hidden = new Set<number>()
  private readonly broadcast: Broadcast
  private readonly line = new Line()

  constructor(broadcast: Broadcast) {
    this.broadcast = broadcast
  }

  has(session: Session): boolean {
    return this.sessions.has(session)
  }

  add(session: Session): void {
    this.sessions.add(session)
    this.armed = true
  }

  remove(session: Session): void {
    this.sessions.delete(session)
    this.armed = this.sessions.size > 0
  }

  /** Does not show an argument of the command that runs. */
  hide(argument: number): void {
    this.hidden.add(argument)
  }

  /** Shows a command that has run. */
  show(ctx: Context, command: BoundCommand, args: Args): void {
    if ((command.flags & (SKIP_MONITOR | ADMIN)) === 0) {
      this.line.bytes = latin1(`+${head(ctx)} ${this.words(args)}\r\n`)
      this.broadcast.send(this.line, this.sessions)
    }
    this.hidden.clear()
  }

  private words(args: Args): string {
    const texts: string[] = []
    for (let i = 0; i < args.count; i++) {
      texts.push(this.hidden.has(i) ? '"(redacted)"' : quoted(args.at(i)))
    }
    return texts.join(' ')
  }
}

class Line implements Message {
  bytes: Uint8Array = new Uint8Array(0)

  get room(): number {
    return this.bytes.length
  }

  write(reply: Reply): void {
    reply.raw(this.bytes)
  }
}

function head({ engine, session, db }: Context): string {
  const micros = engine.nowMicros
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
