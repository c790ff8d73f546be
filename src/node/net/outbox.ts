// outbox.ts: replies and messages on their way out, for all connections of one engine.
//
// What the connections that were readable in one turn of the event loop have to say, and what
// others are told because of it, is sent when the turn ends, not at once: the first write wakes
// the client's process, all others find it awake, and a wake-up costs several times what the write
// itself does. All replies of a turn lie in one buffer, all messages in another, and connections
// note only where; both serve the next turn too when the kernel took everything.
//
// Replies go first: whoever gets one may go on while listeners are told. Telling them takes at
// most half of the time: after a round of writes they are left alone for as long as it took, at
// most PAUSE_MAX, so that what is published meanwhile leaves with the same writes
// (docs/decisions/telling-listeners.md).

import { writeSync, writevSync } from 'node:fs'
import type { Socket } from 'node:net'
// Not the globals: in jest's jsdom they are a browser's.
import { setImmediate } from 'node:timers'
import type { Output } from '../../bytes/wire/output.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Turn } from '../../engine/dispatch/turn.ts'
import type { Broadcast } from '../../engine/session/broadcast.ts'

/** What one connection has to say in this turn: stretches of memory, in order. */
export class Mail {
  readonly socket: Socket
  /** Whether bytes may be written to the socket's descriptor as they are. */
  readonly isPlain: boolean
  /** Whether a reply is among it. */
  hasReply = false
  /** Bytes that wait for the end of the turn. */
  waiting = 0
  /** Bytes that the socket had not sent at the end of the last turn. */
  backlog = 0
  /** Stretches that wait; the arrays stay as long as they are, since to shorten one is slow. */
  count = 0
  readonly buffers: Uint8Array[] = []
  readonly starts: number[] = []
  readonly ends: number[] = []

  private readonly onBacklog: () => void

  /**
   * @param isPlain whether bytes may be written to the socket's descriptor as they are
   * @param onBacklog called when the socket could not send all, and when it has
   */
  constructor(socket: Socket, isPlain: boolean, onBacklog: () => void) {
    this.socket = socket
    this.isPlain = isPlain
    this.onBacklog = onBacklog
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    const { buffers, ends, count } = this
    const last = count - 1
    this.waiting += end - start
    // Messages in a row for the same listeners are one stretch.
    if (last >= 0 && buffers[last] === bytes && ends[last] === start) {
      ends[last] = end
      return
    }
    buffers[count] = bytes
    this.starts[count] = start
    ends[count] = end
    this.count = count + 1
  }

  /** All was handed to the kernel or to the socket. */
  sent(): void {
    this.waiting = 0
    this.hasReply = false
    const { buffers } = this
    for (let i = 0; i < this.count; i++) buffers[i] = NOTHING
    this.count = 0
    if (buffers.length > STRETCHES_KEPT) {
      buffers.length = STRETCHES_KEPT
      this.starts.length = STRETCHES_KEPT
      this.ends.length = STRETCHES_KEPT
    }
    const backlog = this.socket.writableLength
    if (backlog === this.backlog) return
    this.backlog = backlog
    this.onBacklog()
  }
}

const NOTHING = new Uint8Array(0)
/** Places for stretches that a connection keeps. */
const STRETCHES_KEPT = 8

/** Connections that have something to send. */
class Round {
  readonly mails: (Mail | undefined)[] = []
  count = 0

  add(mail: Mail): void {
    this.mails[this.count++] = mail
  }
}

/** How long messages may wait for more of them, in milliseconds. */
const PAUSE_MAX = 0.5

export class Outbox {
  private readonly output: Output
  private readonly broadcast: Broadcast
  private readonly turn: Turn
  /** Who has a reply to send, perhaps with messages; and who has messages only. */
  private readonly replies = new Round()
  private readonly messages = new Round()
  private scheduled = false
  /** When the last round of messages had been sent, and how long that took, in milliseconds. */
  private toldAt = 0
  private toldFor = 0
  /** Whether a socket still reads from the output, or from the broadcast. */
  private outputIsRead = false
  private broadcastIsRead = false

  constructor({ output, broadcast, turn }: Engine) {
    this.output = output
    this.broadcast = broadcast
    this.turn = turn
  }

  /** Takes what is in the output; it leaves at the end of the turn. */
  add(mail: Mail): void {
    const { output } = this
    if (!mail.hasReply) {
      mail.hasReply = true
      this.replies.add(mail)
    }
    const start = output.takeStretch()
    if (start >= 0) mail.add(output.bytes, start, output.at)
    else for (const part of output.take()) mail.add(part, 0, part.length)
    if (output.isFull) this.sendReplies()
    else if (!this.scheduled) this.schedule()
  }

  /** Notes a stretch of the broadcast's memory, which leaves soon. */
  post(mail: Mail, bytes: Uint8Array, start: number, end: number): void {
    if (mail.waiting === 0) this.messages.add(mail)
    mail.add(bytes, start, end)
    this.broadcast.isLent = true
    if (!this.scheduled) this.schedule()
  }

  /** Sends all that waits. */
  flush(): void {
    this.sendReplies()
    this.sendMessages()
  }

  /** Sees to it that the turn ends although there may be nothing to send. */
  readonly expectEnd = (): void => {
    if (!this.scheduled) this.schedule()
  }

  private schedule(): void {
    this.scheduled = true
    setImmediate(this.endTurn)
  }

  private readonly endTurn = (): void => {
    this.scheduled = false
    this.sendReplies()
    if (this.messages.count === 0) return
    const now = performance.now()
    if (now - this.toldAt < this.toldFor) {
      this.schedule()
      return
    }
    this.sendMessages()
    this.toldAt = performance.now()
    this.toldFor = Math.min(this.toldAt - now, PAUSE_MAX)
  }

  private sendReplies(): void {
    const { output } = this
    this.sendAll(this.replies)
    // A connection that is closed in the middle of a command flushes too: what that command has
    // written so far is nobody's yet, and the buffer goes on behind it.
    if (output.length > 0 || output.asides > 0) return
    if (this.outputIsRead) output.renew()
    else output.reuse()
    this.outputIsRead = false
  }

  private sendMessages(): void {
    const { broadcast } = this
    this.sendAll(this.messages)
    if (broadcast.isLent && broadcast.release(this.broadcastIsRead)) this.broadcastIsRead = false
  }

  private sendAll(round: Round): void {
    if (this.turn.armed) this.turn.end()
    // A connection that is closed meanwhile sends all that waits, and leaves nothing to this call.
    for (let i = 0; i < round.count; i++) {
      const mail = round.mails[i]!
      round.mails[i] = undefined
      if (mail.count === 1) this.sendStretch(mail)
      else if (mail.count > 1) this.sendParts(mail)
      mail.sent()
    }
    round.count = 0
  }

  /** Writes as much as the kernel takes; the stream gets the rest. */
  private sendStretch(mail: Mail): void {
    const { socket, buffers, starts, ends } = mail
    const bytes = buffers[0]!
    const end = ends[0]!
    let at = starts[0]!
    const descriptor = descriptorOf(mail)
    if (descriptor >= 0) {
      try {
        at += writeSync(descriptor, bytes, at, end - at)
      } catch {
        // The buffer of the kernel is full, or the connection is gone.
      }
    }
    if (at < end) this.leave(socket, bytes, at, end)
  }

  private sendParts(mail: Mail): void {
    const { socket, count, buffers, starts, ends } = mail
    let sent = 0
    const descriptor = descriptorOf(mail)
    if (descriptor >= 0) {
      try {
        const parts: Uint8Array[] = []
        for (let i = 0; i < count; i++) parts.push(buffers[i]!.subarray(starts[i], ends[i]))
        sent = writevSync(descriptor, parts)
      } catch {
        // The buffer of the kernel is full, or the connection is gone.
      }
    }
    socket.cork()
    for (let i = 0; i < count; i++) {
      const size = ends[i]! - starts[i]!
      if (sent < size) this.leave(socket, buffers[i]!, starts[i]! + sent, ends[i]!)
      sent = Math.max(0, sent - size)
    }
    socket.uncork()
  }

  /** Leaves bytes to the stream: few of them as a copy, so that they do not keep a buffer. */
  private leave(socket: Socket, bytes: Uint8Array, start: number, end: number): void {
    if (end - start < bytes.length >> 2) socket.write(Buffer.from(bytes.subarray(start, end)))
    else {
      socket.write(bytes.subarray(start, end))
      if (socket.writableLength === 0) return
      this.outputIsRead = true
      this.broadcastIsRead = true
    }
  }
}

/**
 * The descriptor to write to directly, -1 where the stream has to do it. A stream's write makes a
 * request object, a callback and a tick of its own, which cost as much as the command did; but what
 * waits in the stream goes first.
 */
function descriptorOf({ socket, isPlain }: Mail): number {
  if (!isPlain || socket.writableLength > 0 || socket.writableEnded) return -1
  return (socket as unknown as { _handle?: { fd?: number } | null })._handle?.fd ?? -1
}
