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

  /** Sends all that waits. */
  readonly flush = (): void => {
    this.scheduled = false
    let sent = true
    for (let i = 0; i < this.sockets.length; i++) {
      const socket = this.sockets[i]!
      write(socket, this.parts[i]!)
      if (socket.writableLength > 0) sent = false
    }
    this.sockets.length = 0
    this.parts.length = 0
    if (sent) this.output.reuse()
    else this.output.renew()
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
