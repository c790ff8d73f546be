// dispatcher.ts: the life of a command: admitted, run, counted, its effects committed.
//
// `dispatch` serves a client's request; `invoke` runs a command inside the one that runs. What
// belongs to a command (session, database, arguments, protocol, effects, what it changed) is put
// aside in its frame meanwhile, and time stands still. Only a command that is declared with
// `runs_commands` may invoke: all others keep what they work with in objects that serve every call,
// and a command that ran in between would find them in use. For the same reason listeners that run
// commands do so after the outermost one (Turn.later).

import type { Output } from '../../bytes/wire/output.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Words } from '../../bytes/wire/request.ts'
import type { Args } from '../arguments/args.ts'
import { NOSCRIPT, RUNS_COMMANDS, RUNS_QUEUE, TOUCHES_ARBITRARY_KEYS } from '../command/flags.ts'
import type { BoundCommand, CommandTable } from '../command/table.ts'
import { CommandError, errors } from '../contract/errors.ts'
import { LATER, PASS } from '../contract/gates.ts'
import type { Effects } from '../effects/effects.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { Onlookers } from '../session/onlookers.ts'
import { afterReply, REPLY_MUTE, REPLY_ON, type Session } from '../session/session.ts'
import type { Stats } from '../upkeep/stats.ts'
import type { Stopwatch } from '../upkeep/stopwatch.ts'
import type { Changes } from './changes.ts'
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
  private readonly context: Context
  private readonly output: Output
  private readonly reply: Reply
  private readonly stats: Stats
  private readonly stopwatch: Stopwatch
  private readonly changes: Changes
  private readonly effects: Effects
  private readonly onlookers: Onlookers
  private readonly table: CommandTable
  private readonly databases: readonly Database[]
  private readonly noted: readonly unknown[]
  private readonly poison: boolean
  private readonly frames: Frame[] = [new Frame()]
  /** Those of the outermost command. */
  private readonly args = this.frames[0]!.args
  /** What belongs to a command that has ended, while a session is served that had to wait. */
  private readonly ended = new Frame()
  private readonly reader = new ReplyReader()
  /** The command that the current request names, once it is known. */
  private resolved: BoundCommand | undefined = undefined
  private dirtyBefore = 0

  constructor(engine: Engine, poison: boolean) {
    this.engine = engine
    // What every command needs is one step away.
    this.context = engine.context
    this.output = engine.output
    this.reply = engine.reply
    this.stats = engine.stats
    this.stopwatch = engine.stopwatch
    this.changes = engine.changes
    this.effects = engine.effects
    this.onlookers = engine.onlookers
    this.table = engine.table
    this.databases = engine.databases
    this.noted = engine.changes.noted
    this.poison = poison
  }

  /** Lets a client's request through the gates and runs its command; the reply goes to `output`. */
  dispatch(session: Session, words: Words): void {
    if (this.depth > 0) throw new Error('a command is running: it has to `invoke` this one')
    const { context: ctx, reply, effects } = this
    const db = this.databases[session.database]!
    // What is there already is not stored again: a comparison is cheaper than the collector's note.
    if (this.client !== session) this.client = session
    if (ctx.session !== session) ctx.session = session
    if (ctx.db !== db) ctx.db = db
    reply.protocol = session.protocol
    this.mutedFrom = this.output.mark()
    const { args } = this
    if (args.words !== words) args.words = words
    if (effects.armed) effects.origin = session.origin
    const command = this.admit(ctx, session, args)
    if (command === undefined) {
      if (session.replyMode !== REPLY_ON) this.endReply(session)
      return
    }
    this.call(command, args)
    if (effects.armed) effects.commit(!touchesAnyKeys(this.resolved))
    if (session.replyMode !== REPLY_ON) this.endReply(session)
    if (this.postponed.length > 0) this.pushPostponed()
    if (this.noted.length > 0) this.engine.blocking.serve(session)
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
    const { context: ctx, changes, stopwatch } = this
    if (this.depth === 0 || (ctx.command.flags & RUNS_COMMANDS) === 0) {
      throw new Error(`'${ctx.command.fullName}' is not declared to run commands`)
    }
    const frame = this.leave(this.frameAt(this.depth - 1))
    const { dirty } = changes
    const { nested, micros: began } = stopwatch
    stopwatch.nested = 0
    this.engine.time.hold()
    const { args } = this.frameAt(this.depth)
    args.words = words
    ctx.session = session
    ctx.db = this.databases[session.database]!
    this.reply.protocol = session.protocol
    try {
      if (admitted !== undefined) ctx.command = admitted
      const command = admitted ?? this.admitInside(ctx, session, args)
      if (command !== undefined) this.call(command, args)
    } finally {
      this.comeBack(frame)
      // What the inner command changed is in its own effect.
      this.dirtyBefore += changes.dirty - dirty
      stopwatch.include(began, nested)
    }
  }

  /**
   * As `invoke`, with the reply as a value: a ReplyError for an error.
   * @param raw whether bulk strings are given as bytes rather than text
   */
  ask(session: Session, words: Words, raw = false): ReplyValue {
    const { output, reader, mutedFrom } = this
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
    this.stats.countError(line)
    this.reply.error(line)
  }

  /**
   * Runs a command that nothing refuses, in the session and database that the context names.
   * Counts it, answers its error, and hands its effect on.
   */
  private call(command: BoundCommand, args: Args): void {
    const { engine, context, output, stats, stopwatch, changes, effects, onlookers } = this
    const mark = output.mark()
    const isBrief = args.count <= command.briefWords
    stopwatch.before(isBrief)
    this.dirtyBefore = changes.dirty
    this.depth++
    try {
      command.run(context, args, this.reply)
    } catch (error) {
      if (!(error instanceof CommandError)) throw brokenAt(args, error)
      output.rewind(mark)
      this.fail(command, error.line)
    } finally {
      this.depth--
    }
    const { session } = context
    if (session.blocked === undefined) {
      stats.commands++
      session.commands++
      if (stopwatch.after(command.stats, isBrief)) this.follow()
    } else engine.blocking.keep(session.blocked, args, stopwatch.lap())
    if (effects.armed) {
      effects.commandEnd(context.db.id, args, changes.dirty !== this.dirtyBefore)
    }
    if (onlookers.armed && engine.blocking.again === undefined) {
      onlookers.show(context, command, args)
    }
    if (this.poison) args.poison()
  }

  /** Time goes on when the outermost command has ended; one that ran others is never brief. */
  private follow(): void {
    const { time } = this.engine
    if (this.depth === 0) time.release()
    time.follow()
  }

  /** Finds the command of a request and asks the gates; false where that has been answered. */
  private admit(ctx: Context, session: Session, args: Args): BoundCommand | undefined {
    this.resolved = undefined
    try {
      const command = this.resolve(args)
      if (ctx.command !== command) ctx.command = command
      if (session.lastCommand !== command) session.lastCommand = command
      const mask = (this.engine.armed | session.armed) & command.gates
      return mask === 0 || this.passes(ctx, args, mask) ? command : undefined
    } catch (error) {
      this.refused(session, error)
      return undefined
    }
  }

  /** The same for a command inside another: those that are about a conversation have none there. */
  private admitInside(ctx: Context, session: Session, args: Args): BoundCommand | undefined {
    const command = this.admit(ctx, session, args)
    if (command === undefined || (command.flags & NOSCRIPT) === 0) return command
    this.refused(session, errors.notFromScript)
    return undefined
  }

  /** The command that the first words name; throws the error redis-server would give. */
  private resolve(args: Args): BoundCommand {
    const { words } = args
    let command = this.table.at(words, 0)
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

  private passes(ctx: Context, args: Args, armed: number): boolean {
    const { gates } = this.engine
    const mask = this.depth === 0 ? armed : armed & ~gates.forClients
    const verdict = gates.check(ctx, ctx.command, args, mask)
    if (verdict === PASS) return true
    if (verdict === LATER) {
      ctx.session.suspended = true
      ctx.session.deferred = args.words.copy()
    }
    return false
  }

  private refused(session: Session, error: unknown): void {
    if (!(error instanceof CommandError)) throw error
    const { resolved } = this
    let { line } = error
    if (error === errors.crossProtocol) {
      this.breakOff(session, line)
      return
    }
    session.lastCommand = resolved
    if (resolved !== undefined) resolved.stats.rejected++
    if (this.depth === 0) {
      if (session.transaction.open) session.transaction.dirtyExec = true
      if (resolved !== undefined && (resolved.flags & RUNS_QUEUE) !== 0) {
        session.endTransaction()
        line = errors.execAbortBecause(line).line
      }
    }
    this.stats.countError(line)
    this.reply.error(line)
  }

  /** Ends a conversation that is none in this protocol. */
  private breakOff(session: Session, line: string): void {
    this.engine.host.log('warning', `${line} Connection from ${session.transport.address} aborted.`)
    // Nor does it get the replies that are still waiting: as with redis-server, they are lost.
    this.output.drop()
    this.mutedFrom = 0
    session.closing = true
  }

  /** Takes back what a session does not want to hear, and goes on to its next mode. */
  private endReply(session: Session): void {
    // A request that was put off has not ended.
    if (session.suspended) return
    if ((session.replyMode & REPLY_MUTE) !== 0) this.output.rewind(this.mutedFrom)
    session.replyMode = afterReply(session.replyMode)
  }

  private pushPostponed(): void {
    for (const push of this.postponed) this.output.append(push, 0, push.length)
    this.postponed.length = 0
  }

  /** Puts aside what belongs to the command that runs, or ran last. */
  private leave(frame: Frame): Frame {
    const { context, reply, effects } = this
    frame.session = context.session
    frame.command = context.command
    frame.resolved = this.resolved
    frame.protocol = reply.protocol
    frame.dirtyBefore = this.dirtyBefore
    frame.said = effects.suspend()
    return frame
  }

  private comeBack(frame: Frame): void {
    const { context, reply, effects, databases } = this
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
