// dispatcher.ts: the life of a command: admitted, run, counted, its effects committed.
//
// `dispatch` serves a client's request; `invoke` runs a command inside the one that runs. What
// belongs to a command (session, database, arguments, protocol, effects, what it changed) is put
// aside in its frame meanwhile, and time stands still. Only a command that is declared with
// `runs_commands` may invoke: all others keep what they work with in objects that serve every call,
// and a command that ran in between would find them in use. For the same reason listeners that run
// commands do so after the outermost one (Turn.later).

import type { Words } from '../../bytes/wire/request.ts'
import type { Args } from '../arguments/args.ts'
import { RUNS_COMMANDS, RUNS_QUEUE, TOUCHES_ARBITRARY_KEYS } from '../command/flags.ts'
import type { BoundCommand } from '../command/table.ts'
import { CommandError, errors } from '../contract/errors.ts'
import { LATER, PASS } from '../contract/gates.ts'
import { afterReply, REPLY_MUTE, REPLY_ON, type Session } from '../session/session.ts'
import type { Context } from './context.ts'
import type { Engine } from './engine.ts'
import { brokenAt, unknownCommand } from './faults.ts'
import { Frame } from './frame.ts'
import { ReplyReader, type ReplyValue } from './reply-value.ts'

export class Dispatcher {
  /** Depth of commands that run commands; 0 while none runs. */
  depth = 0
  /** Whose request is served, or was served last: the replies in the output are its own. */
  client: Session | undefined = undefined
  /** Where the running request's output begins that a mute session will not hear. */
  mutedFrom = 0
  /** Messages for the client whose command runs: they follow its reply. */
  readonly postponed: Uint8Array[] = []
  private readonly engine: Engine
  private readonly poison: boolean
  private readonly frames: Frame[] = [new Frame()]
  /** What belongs to a command that has ended, while a session is served that had to wait. */
  private readonly ended = new Frame()
  private readonly reader = new ReplyReader()
  /** The command that the current request names, once it is known. */
  private resolved: BoundCommand | undefined = undefined
  private dirtyBefore = 0
  /** Whether the running command has run others. */
  private hasInvoked = false

  constructor(engine: Engine, poison: boolean) {
    this.engine = engine
    this.poison = poison
  }

  /** Lets a client's request through the gates and runs its command; the reply goes to `output`. */
  dispatch(session: Session, words: Words): void {
    const { engine } = this
    if (this.depth > 0) throw new Error('a command is running: it has to `invoke` this one')
    const { context: ctx, reply, effects } = engine
    const db = engine.databases[session.database]!
    // What is there already is not stored again: a comparison is cheaper than the collector's note.
    if (this.client !== session) this.client = session
    if (ctx.session !== session) ctx.session = session
    if (ctx.db !== db) ctx.db = db
    reply.protocol = session.protocol
    this.mutedFrom = engine.output.mark()
    const { args } = this.frames[0]!
    if (args.words !== words) args.words = words
    if (effects.armed) effects.origin = session.origin
    if (!this.admit(ctx, args)) {
      if (session.replyMode !== REPLY_ON) this.endReply(session)
      return
    }
    this.call(ctx.command, args)
    if (effects.armed) effects.commit(!touchesAnyKeys(this.resolved))
    if (session.replyMode !== REPLY_ON) this.endReply(session)
    if (this.postponed.length > 0) this.pushPostponed()
    if (engine.blocking.noted.length > 0) engine.blocking.serve(session)
  }

  /**
   * Runs the request of a session that had to wait once more, from its gates on. The replies of the
   * client that is being served are set aside meanwhile (session/blocking.ts).
   */
  again(session: Session, words: Words): void {
    const { client, mutedFrom } = this
    const frame = this.leave(this.ended)
    try {
      this.dispatch(session, words)
    } finally {
      this.client = client
      this.mutedFrom = mutedFrom
      this.comeBack(frame)
    }
  }

  /**
   * Runs a command inside the one that runs; its reply goes to `output`, in its session's protocol.
   * @param session whose command it is: the same one, or one without a client
   * @param words its arguments, which stay as they are meanwhile
   * @param admitted the command, where it has passed the gates already; else it is looked up, and
   *   those gates are asked that are not for requests of clients only
   */
  invoke(session: Session, words: Words, admitted?: BoundCommand): void {
    const { engine } = this
    const { context: ctx } = engine
    if (this.depth === 0 || (ctx.command.flags & RUNS_COMMANDS) === 0) {
      throw new Error(`'${ctx.command.fullName}' is not declared to run commands`)
    }
    const frame = this.leave(this.frameAt(this.depth - 1))
    const { dirty } = engine.changes
    engine.time.hold()
    const { args } = this.frameAt(this.depth)
    args.words = words
    ctx.session = session
    ctx.db = engine.databases[session.database]!
    engine.reply.protocol = session.protocol
    this.hasInvoked = false
    try {
      if (admitted !== undefined) ctx.command = admitted
      if (admitted !== undefined || this.admit(ctx, args)) this.call(ctx.command, args)
    } finally {
      this.comeBack(frame)
      // What the inner command changed is in its own effect.
      this.dirtyBefore += engine.changes.dirty - dirty
      this.hasInvoked = true
    }
  }

  /**
   * As `invoke`, with the reply as a value: a ReplyError for an error.
   * @param raw whether bulk strings are given as bytes rather than text
   */
  ask(session: Session, words: Words, raw = false): ReplyValue {
    const { output } = this.engine
    const { reader, mutedFrom } = this
    const aside = output.setAside()
    try {
      this.invoke(session, words)
      reader.raw = raw
      return reader.take(output)
    } finally {
      this.mutedFrom = mutedFrom
      output.drop()
      output.bringBack(aside)
    }
  }

  /** Answers and counts the error of a command that ran. */
  fail(command: BoundCommand, line: string): void {
    command.stats.failed++
    this.engine.stats.countError(line)
    this.engine.reply.error(line)
  }

  /**
   * Runs a command that nothing refuses, in the session and database that the context names.
   * Counts it, answers its error, and hands its effect on.
   */
  private call(command: BoundCommand, args: Args): void {
    const { engine } = this
    const { context, output, stats, stopwatch, effects } = engine
    const mark = output.mark()
    const isBrief = args.count <= command.briefWords
    stopwatch.before(isBrief)
    const began = stopwatch.micros
    this.dirtyBefore = engine.changes.dirty
    this.depth++
    try {
      command.run(context, args, engine.reply)
    } catch (error) {
      if (!(error instanceof CommandError)) throw brokenAt(args, error)
      output.rewind(mark)
      this.fail(command, error.line)
    } finally {
      this.depth--
    }
    const { session } = context
    const { hasInvoked } = this
    if (hasInvoked) this.include(began)
    if (session.blocked === undefined) {
      stats.commands++
      session.commands++
      if (stopwatch.after(command.stats, isBrief && !hasInvoked)) engine.time.follow()
    } else engine.blocking.keep(session.blocked, args, stopwatch.lap())
    if (effects.armed) {
      effects.commandEnd(context.db.id, args, engine.changes.dirty !== this.dirtyBefore)
    }
    if (engine.onlookers.armed && engine.blocking.again === undefined) {
      engine.onlookers.show(context, command, args)
    }
    if (this.poison) args.poison()
  }

  /** The time of the commands inside the one that ended is its own too. */
  private include(began: number): void {
    this.hasInvoked = false
    if (this.depth === 0) this.engine.time.release()
    this.engine.stopwatch.include(began)
  }

  /** Finds the command of a request and asks the gates; false where that has been answered. */
  private admit(ctx: Context, args: Args): boolean {
    const { session } = ctx
    this.resolved = undefined
    try {
      const command = this.resolve(args)
      if (ctx.command !== command) ctx.command = command
      if (session.lastCommand !== command) session.lastCommand = command
      const { armed, gates } = this.engine
      const mask = (armed | session.armed) & command.gates
      if (mask === 0) return true
      return this.passes(ctx, args, this.depth === 0 ? mask : mask & ~gates.forClients)
    } catch (error) {
      this.refused(session, error)
      return false
    }
  }

  /** The command that the first words name; throws the error redis-server would give. */
  private resolve(args: Args): BoundCommand {
    const { words } = args
    let command = this.engine.table.at(words, 0)
    if (command === undefined) throw unknownCommand(args)
    if (command.subcommands.size > 0 && words.count > 1) {
      const sub = command.subcommands.at(words, 1)
      if (sub === undefined) throw errors.unknownSubcommand(args.text(1), command.fullName)
      command = sub
    }
    this.resolved = command
    const { arity } = command
    if (arity > 0 ? words.count !== arity : words.count < -arity) {
      throw errors.arity(command.fullName)
    }
    return command
  }

  private passes(ctx: Context, args: Args, mask: number): boolean {
    const verdict = this.engine.gates.check(ctx, ctx.command, args, mask)
    if (verdict === PASS) return true
    if (verdict === LATER) {
      ctx.session.suspended = true
      ctx.session.deferred = args.words.copy()
    }
    return false
  }

  private refused(session: Session, error: unknown): void {
    if (!(error instanceof CommandError)) throw error
    const { engine, resolved } = this
    let { line } = error
    if (error === errors.crossProtocol) {
      this.breakOff(session, line)
      return
    }
    session.lastCommand = resolved
    if (session.transaction.open && this.depth === 0) session.transaction.dirtyExec = true
    if (resolved !== undefined) {
      resolved.stats.rejected++
      if ((resolved.flags & RUNS_QUEUE) !== 0) {
        session.endTransaction()
        line = errors.execAbortBecause(line).line
      }
    }
    engine.stats.countError(line)
    engine.reply.error(line)
  }

  /** Ends a conversation that is none in this protocol. */
  private breakOff(session: Session, line: string): void {
    const { host, output } = this.engine
    host.log('warning', `${line} Connection from ${session.transport.address} aborted.`)
    // Nor does it get the replies that are still waiting: as with redis-server, they are lost.
    output.drop()
    this.mutedFrom = 0
    session.closing = true
  }

  /** Takes back what a session does not want to hear, and goes on to its next mode. */
  private endReply(session: Session): void {
    // A request that was put off has not ended.
    if (session.suspended) return
    if ((session.replyMode & REPLY_MUTE) !== 0) this.engine.output.rewind(this.mutedFrom)
    session.replyMode = afterReply(session.replyMode)
  }

  private pushPostponed(): void {
    for (const push of this.postponed) this.engine.output.append(push, 0, push.length)
    this.postponed.length = 0
  }

  /** Puts aside what belongs to the command that runs, or ran last. */
  private leave(frame: Frame): Frame {
    const { context, reply, effects } = this.engine
    frame.session = context.session
    frame.command = context.command
    frame.resolved = this.resolved
    frame.protocol = reply.protocol
    frame.dirtyBefore = this.dirtyBefore
    frame.said = effects.suspend()
    return frame
  }

  private comeBack(frame: Frame): void {
    const { context, reply, effects, databases } = this.engine
    context.session = frame.session!
    context.command = frame.command!
    // The database may have been replaced (FLUSHDB), or another one selected.
    context.db = databases[context.session.database]!
    this.resolved = frame.resolved
    reply.protocol = frame.protocol
    this.dirtyBefore = frame.dirtyBefore
    effects.resume(frame.said)
  }

  private frameAt(depth: number): Frame {
    while (this.frames.length <= depth) this.frames.push(new Frame())
    return this.frames[depth]!
  }
}

/** Whether what a command removes on its way, expired keys, is no part of what it does. */
function touchesAnyKeys(command: BoundCommand | undefined): boolean {
  return command !== undefined && (command.flags & TOUCHES_ARBITRARY_KEYS) !== 0
}
