// blocking.ts: sessions that wait for a key: BLPOP, BZPOPMIN, XREAD BLOCK and their like.
//
// A blocking command first tries; when there is nothing it calls `ctx.block`. Its session is then
// suspended: what the client sends meanwhile stays unread. When a key it waits for is made, the
// request is run again from its handler, after the command or transaction that made the key and
// after its effects; sessions are served in the order in which they came to that key. What a
// served command makes is served after it, until nobody can be served any more.
// All sessions share one output, so the replies of the session that is being served by the host
// are set aside while another one's reply is written and sent.

import type { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Words } from '../../bytes/wire/request.ts'
import type { Args } from '../arguments/args.ts'
import type { BoundCommand } from '../command/table.ts'
import type { DataType } from '../contract/datatype.ts'
import { type CommandError, errors } from '../contract/errors.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { KeyQueue, Waiter } from '../keyspace/waiting.ts'
import type { Deadline } from '../upkeep/deadlines.ts'
import type { Session } from './session.ts'
import { afterReply, REPLY_MUTE } from './session.ts'

/** What a command waits for. */
export type Wait = {
  /**
   * Any of these; they are copied. `args.keys` makes the list. None for who waits for something
   * else: `Blocking.finish` ends that.
   */
  readonly keys: readonly Span[]
  /** The type that a value must have; undefined where there are no keys. */
  readonly type: DataType<unknown> | undefined
  /** Milliseconds; 0 waits for ever. */
  readonly timeoutMs: number
  /** Answers when the time is over. */
  readonly timedOut: (reply: Reply) => void
  /** Whether to try again also when a key is removed or gets another type. */
  readonly whenGone?: boolean
}

/** A session that waits. */
export class Blocked implements Waiter {
  readonly session: Session
  readonly command: BoundCommand
  readonly type: DataType<unknown> | undefined
  readonly whenGone: boolean
  readonly timedOut: (reply: Reply) => void
  readonly queues: KeyQueue[] = []
  /** The request, to be run again. */
  words!: Words
  /** Microseconds the command has run so far. */
  micros = 0
  deadline: Deadline | undefined = undefined

  constructor(session: Session, command: BoundCommand, wait: Wait) {
    this.session = session
    this.command = command
    this.type = wait.type
    this.whenGone = wait.whenGone ?? false
    this.timedOut = wait.timedOut
  }
}

export class Blocking {
  /** Number of sessions that wait for keys. */
  count = 0
  /** Number of those that do not wait for ever. */
  withDeadline = 0
  /** Keys that may be ready, in the order of notice. */
  readonly noted: KeyQueue[]
  /** Whose request is run again right now. */
  again: Blocked | undefined = undefined
  private readonly engine: Engine
  private isServing = false
  /** Replies that are set aside meanwhile, and whose they are. */
  private aside: Uint8Array[] | undefined = undefined
  private asideOf: Session | undefined = undefined

  constructor(engine: Engine) {
    this.engine = engine
    this.noted = engine.changes.noted
  }

  /** Suspends the session whose command runs. */
  block(wait: Wait): void {
    const { engine, again } = this
    const { session, command, db } = engine.context
    const blocked = new Blocked(session, command, wait)
    for (const key of wait.keys) db.waiting.add(key, blocked)
    session.blocked = blocked
    session.suspended = true
    this.count++
    // One that waits again still waits until the time that was set at first.
    if (again !== undefined) blocked.deadline = this.handOver(again, blocked)
    else if (wait.timeoutMs > 0) {
      const at = engine.now + wait.timeoutMs
      blocked.deadline = engine.deadlines.add(at, () => this.expire(blocked))
    }
    if (blocked.deadline === undefined) return
    this.withDeadline++
    session.transport.waits?.(true)
  }

  /** Keeps the request of the command that has just blocked, and the time it took so far. */
  keep(blocked: Blocked, args: Args, micros: number): void {
    const { again } = this
    blocked.words = again === undefined ? args.words.copy() : again.words
    blocked.micros = again === undefined ? micros : again.micros + micros
  }

  /**
   * Runs the requests again that wait for keys which may be ready now.
   * @param session whose replies are in the output, if there are any
   */
  serve(session?: Session): void {
    if (this.isServing) return
    this.isServing = true
    const { output } = this.engine
    const aside = output.setAside()
    this.aside = aside
    this.asideOf = aside === undefined ? undefined : session
    try {
      for (let i = 0; i < this.noted.length; i++) {
        const queue = this.noted[i]!
        queue.isNoted = false
        this.serveKey(queue)
      }
    } finally {
      this.noted.length = 0
      this.aside = undefined
      this.asideOf = undefined
      output.bringBack(aside)
      this.isServing = false
    }
  }

  /**
   * Ends the wait of a session as if its time were over, or with an error.
   * @returns false when it does not wait
   */
  unblock(session: Session, withError: boolean): boolean {
    const { blocked } = session
    if (blocked === undefined) return false
    if (withError) this.finish(blocked, errors.unblocked)
    else this.expire(blocked)
    return true
  }

  /** Ends a wait, if it still goes on, with OK or an error. */
  finish(blocked: Blocked, error?: CommandError): void {
    if (blocked.session.blocked !== blocked) return
    if (error === undefined) {
      this.answer(blocked, (reply) => reply.ok())
      return
    }
    blocked.command.stats.failed++
    this.engine.stats.countError(error.line)
    this.answer(blocked, (reply) => reply.error(error.line))
  }

  /** Whether replies of a session are set aside: what it is sent comes after them. */
  holdsBack(session: Session): boolean {
    return this.asideOf === session
  }

  /** Adds to what is set aside. */
  keepBack(bytes: Uint8Array): void {
    this.aside?.push(bytes)
  }

  /** A session has ended, or gives up. */
  forget(session: Session): void {
    const { blocked } = session
    if (blocked === undefined) return
    this.release(blocked)
    this.cancel(blocked)
  }

  private serveKey(queue: KeyQueue): void {
    const { engine } = this
    // Those that wait again stand at the end: each is asked once.
    let left = queue.waiters.size
    for (const waiter of queue.waiters) {
      if (left-- === 0) return
      // Only `wait` enters anybody, and it enters those.
      const blocked = waiter as Blocked
      const db = engine.databases[queue.home.database]!
      const ref = db.find(queue.key)
      const isThere = ref !== 0 && !db.isExpired(ref, engine.now)
      if (!isThere && queue.forGone === 0) return
      const isWanted = isThere && engine.types.of(db, ref) === blocked.type
      if (blocked.whenGone || isWanted) this.runAgain(blocked)
    }
  }

  private runAgain(blocked: Blocked): void {
    const { engine } = this
    const { session } = blocked
    this.release(blocked)
    session.suspended = false
    this.again = blocked
    try {
      engine.dispatcher.again(session, blocked.words)
    } finally {
      this.again = undefined
    }
    if (session.blocked === undefined) {
      this.cancel(blocked)
      blocked.command.stats.microseconds += blocked.micros
    }
    session.send()
    this.goOn(session)
  }

  /** The time of a session is over. */
  private expire(blocked: Blocked): void {
    this.answer(blocked, blocked.timedOut)
  }

  /** Ends a wait with a reply that the command itself does not give. */
  private answer(blocked: Blocked, write: (reply: Reply) => void): void {
    const { engine } = this
    const { session, command } = blocked
    const { output, reply, stats } = engine
    const { protocol } = reply
    this.release(blocked)
    this.cancel(blocked)
    stats.commands++
    session.commands++
    command.stats.calls++
    command.stats.add(blocked.micros, engine.stopwatch.histograms)
    const aside = output.setAside()
    reply.protocol = session.protocol
    if ((session.replyMode & REPLY_MUTE) === 0) write(reply)
    session.replyMode = afterReply(session.replyMode)
    session.send()
    reply.protocol = protocol
    output.bringBack(aside)
    session.suspended = false
    this.goOn(session)
  }

  /** Lets a session that was served read on, after the running batch. */
  private goOn(session: Session): void {
    if (session.suspended || session.ended) return
    session.suspended = true
    this.engine.turn.wake(session)
  }

  private release(blocked: Blocked): void {
    for (const queue of blocked.queues) queue.home.remove(queue, blocked)
    blocked.session.blocked = undefined
    this.count--
    if (blocked.deadline === undefined) return
    this.withDeadline--
    blocked.session.transport.waits?.(false)
  }

  private cancel({ deadline }: Blocked): void {
    if (deadline !== undefined) this.engine.deadlines.cancel(deadline)
  }

  private handOver(from: Blocked, to: Blocked): Deadline | undefined {
    const { deadline } = from
    if (deadline !== undefined) deadline.run = () => this.expire(to)
    return deadline
  }
}
