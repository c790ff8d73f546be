// broadcast.ts: one message for many sessions.
//
// A message is written once for each protocol, and every session gets the same stretch of memory:
// what a delivery costs is the note of where that is. A transport that only notes it says so by
// `isLent`, and calls `release` when it has sent all that it noted; otherwise the memory serves
// the next message at once.

import { type Allocate, Output } from '../../bytes/wire/output.ts'
import { Reply } from '../../bytes/wire/reply.ts'
import { REPLY_MUTE, type Session } from './session.ts'

/** What is sent. */
export type Message = {
  /** No fewer bytes than it takes. */
  readonly room: number
  /** Whether it is no push: sessions that asked for silence (CLIENT REPLY) do not get it. */
  readonly isMutable: boolean
  write(reply: Reply): void
}

export class Broadcast {
  /** Whether somebody has noted where messages lie. */
  isLent = false
  private readonly replies: readonly [Reply, Reply]
  private readonly starts = [0, 0]
  private readonly ends = [0, 0]
  private isSending = false

  constructor(allocate?: Allocate) {
    this.replies = [new Reply(new Output(allocate)), new Reply(new Output(allocate))]
    this.replies[0].protocol = 2
    this.replies[1].protocol = 3
  }

  /** Sends a message to sessions; returns to how many. */
  send(message: Message, sessions: ReadonlySet<Session>): number {
    const { replies, starts, ends } = this
    starts[0] = -1
    starts[1] = -1
    let count = 0
    this.isSending = true
    for (const session of sessions) {
      if (message.isMutable && (session.replyMode & REPLY_MUTE) !== 0) continue
      const i = session.protocol - 2
      if (starts[i]! < 0) this.write(message, i)
      session.deliver(replies[i]!.output.bytes, starts[i]!, ends[i]!)
      count++
    }
    this.isSending = false
    if (!this.isLent) for (const { output } of replies) output.reuse()
    return count
  }

  /**
   * Takes the memory back from who has noted it.
   * @param isRead whether a socket still reads from it: then it goes on elsewhere
   * @returns false while a message is being sent
   */
  release(isRead: boolean): boolean {
    if (this.isSending) return false
    this.isLent = false
    for (const { output } of this.replies) {
      if (isRead) output.renew()
      else output.reuse()
    }
    return true
  }

  private write(message: Message, i: number): void {
    const reply = this.replies[i]!
    const { output } = reply
    // In one piece, whatever the pieces are that it is written in.
    output.reserve(message.room + SPARE)
    this.starts[i] = output.at
    message.write(reply)
    this.ends[i] = output.at
    output.takeStretch()
  }
}

/** What the pieces of a reply reserve beyond what they take, at most. */
const SPARE = 64
