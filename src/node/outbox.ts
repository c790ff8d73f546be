// outbox.ts: replies on their way out, for all connections of one engine.
//
// What the connections that were readable in one turn of the event loop have to say is sent when
// the turn ends, not at once: the first write wakes the client's process, all others find it
// awake, and a wake-up costs several times what the write itself does. All replies of a turn lie
// in one buffer, which serves the next turn too when the kernel took everything.

import { writeSync, writevSync } from 'node:fs'
import type { Socket } from 'node:net'
import type { Output } from '../bytes/output.ts'

/** What one connection has to say: a stretch of a buffer, or parts. */
type Letter = {
  socket: Socket
  bytes: Uint8Array
  start: number
  end: number
  parts: Uint8Array[] | undefined
}

export class Outbox {
  private readonly output: Output
  private readonly letters: Letter[] = []
  private count = 0
  private scheduled = false
  /** Whether a socket still reads from the buffer. */
  private unsent = false

  constructor(output: Output) {
    this.output = output
  }

  /** Takes what is in the output; it leaves through `socket` at the end of the turn. */
  add(socket: Socket): void {
    const { output } = this
    const letter = this.nextLetter(socket)
    letter.start = output.takeStretch()
    if (letter.start < 0) letter.parts = output.take()
    else {
      letter.bytes = output.bytes
      letter.end = output.at
      letter.parts = undefined
    }
    if (output.isFull) {
      this.flush()
      return
    }
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(this.endTurn)
  }

  /** Bytes that wait for the end of the turn to leave through a socket. */
  waitingFor(socket: Socket): number {
    let sum = 0
    for (let i = 0; i < this.count; i++) {
      const letter = this.letters[i]!
      if (letter.socket !== socket) continue
      if (letter.parts === undefined) sum += letter.end - letter.start
      else for (const part of letter.parts) sum += part.length
    }
    return sum
  }

  private readonly endTurn = (): void => {
    this.scheduled = false
    this.flush()
  }

  /** Sends all that waits. */
  readonly flush = (): void => {
    for (let i = 0; i < this.count; i++) {
      const letter = this.letters[i]!
      if (letter.parts === undefined) writeStretch(letter)
      else writeParts(letter.socket, letter.parts)
      if (letter.socket.writableLength > 0) this.unsent = true
      letter.bytes = NOTHING
      letter.parts = undefined
    }
    this.count = 0
    if (this.letters.length > LETTERS_KEPT) this.letters.length = LETTERS_KEPT
    // A connection that is closed in the middle of a command flushes too: what that command has
    // written so far is nobody's yet, and the buffer goes on behind it.
    if (this.output.length > 0) return
    if (this.unsent) this.output.renew()
    else this.output.reuse()
    this.unsent = false
  }

  /** Letters are used again: there are as many as connections were served in one turn. */
  private nextLetter(socket: Socket): Letter {
    let letter = this.letters[this.count]
    if (letter === undefined) {
      letter = { socket, bytes: NOTHING, start: 0, end: 0, parts: undefined }
      this.letters.push(letter)
    } else letter.socket = socket
    this.count++
    return letter
  }
}

/** Letters kept for the next turn; they hold on to sockets that may be gone. */
const LETTERS_KEPT = 64
const NOTHING = new Uint8Array(0)

/** Writes as much as the kernel takes of the parts; the stream gets the rest. */
function writeParts(socket: Socket, parts: Uint8Array[]): void {
  let sent = 0
  const descriptor = descriptorOf(socket)
  if (descriptor >= 0) {
    try {
      sent = writevSync(descriptor, parts)
    } catch {
      // The buffer of the kernel is full, or the connection is gone.
    }
  }
  socket.cork()
  for (const part of parts) {
    if (sent >= part.length) sent -= part.length
    else {
      socket.write(sent === 0 ? part : part.subarray(sent))
      sent = 0
    }
  }
  socket.uncork()
}

/** Writes as much as the kernel takes; the stream gets the rest. */
function writeStretch({ socket, bytes, start, end }: Letter): void {
  let at = start
  const descriptor = descriptorOf(socket)
  if (descriptor >= 0) {
    try {
      at += writeSync(descriptor, bytes, start, end - start)
    } catch {
      // The buffer of the kernel is full, or the connection is gone.
    }
  }
  if (at < end) socket.write(bytes.subarray(at, end))
}

/**
 * The descriptor to write to directly, -1 where the stream has to do it. A stream's write makes a
 * request object, a callback and a tick of its own, which cost as much as the command did; but what
 * waits in the stream goes first.
 */
function descriptorOf(socket: Socket): number {
  if (socket.writableLength > 0 || socket.writableEnded) return -1
  return (socket as unknown as { _handle?: { fd?: number } | null })._handle?.fd ?? -1
}
