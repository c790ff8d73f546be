// outbox.ts: replies on their way out, for all connections of one engine.
//
// What the connections that were readable in one turn of the event loop have to say is sent when
// the turn ends, not at once: the first write wakes the client's process, all others find it
// awake, and a wake-up costs several times what the write itself does. All replies of a turn lie
// in one buffer, which serves the next turn too when the kernel took everything.

import type { Socket } from 'node:net'
import type { Output } from '../bytes/output.ts'

export class Outbox {
  private readonly output: Output
  private readonly sockets: Socket[] = []
  private readonly parts: Uint8Array[][] = []
  private scheduled = false
  /** Whether a socket still reads from the buffer. */
  private unsent = false

  constructor(output: Output) {
    this.output = output
  }

  /** Takes what is in the output; it leaves through `socket` at the end of the turn. */
  add(socket: Socket): void {
    this.sockets.push(socket)
    this.parts.push(this.output.take())
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(this.flush)
  }

  /** Bytes that wait for the end of the turn to leave through a socket. */
  waitingFor(socket: Socket): number {
    let sum = 0
    for (let i = 0; i < this.sockets.length; i++) {
      if (this.sockets[i] !== socket) continue
      for (const part of this.parts[i]!) sum += part.length
    }
    return sum
  }

  /** Sends all that waits. */
  readonly flush = (): void => {
    this.scheduled = false
    for (let i = 0; i < this.sockets.length; i++) {
      const socket = this.sockets[i]!
      write(socket, this.parts[i]!)
      if (socket.writableLength > 0) this.unsent = true
    }
    this.sockets.length = 0
    this.parts.length = 0
    // A connection that is closed in the middle of a command flushes too: what that command has
    // written so far is nobody's yet, and the buffer goes on behind it.
    if (this.output.length > 0) return
    if (this.unsent) this.output.renew()
    else this.output.reuse()
    this.unsent = false
  }
}

function write(socket: Socket, parts: Uint8Array[]): void {
  if (parts.length === 1) {
    socket.write(parts[0]!)
    return
  }
  socket.cork()
  for (const part of parts) socket.write(part)
  socket.uncork()
}
