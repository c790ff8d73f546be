// author.ts: the engine as the author of a module from outside sees it (docs/guide/modules.md).
//
// Authors see a context, arguments, a reply and their own values, never entries, databases or the
// arena: those may change from one version to the next, and this may not. The types here are
// narrow views of the objects behind them; handing over costs nothing.

import type { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { ModuleReader } from '../../formats/rdb/module-reader.ts'
import type { ModuleWriter } from '../../formats/rdb/module-writer.ts'
import type { Args } from '../arguments/args.ts'
import type { GivenWord } from '../arguments/given-words.ts'
import type { CategoryName } from '../command/categories.ts'
import type { CommandFlag } from '../command/flags.ts'
import type { KeyDeclaration } from '../command/key-specs.ts'
import type { Directive } from '../config/directive.ts'
import type { ReplyValue } from '../dispatch/reply-value.ts'
import type { GateName } from './gate-order.ts'
import type { ModuleDigest } from './module-digest.ts'

/** A setting: hold on to it and read `value`, which follows CONFIG SET. */
export interface ModuleSetting<V> {
  readonly value: V
}

/** The engine a module is in. */
export interface ModuleEngine {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly config: {
    /** A directive that is yes or no. @throws Error when there is none */
    flag(name: string): ModuleSetting<boolean>
    /** A directive that is a number. @throws Error when there is none */
    integer(name: string): ModuleSetting<number>
    /** A directive that is a string. @throws Error when there is none */
    string(name: string): ModuleSetting<string>
  }
  readonly random: {
    /** A whole number from 0 to `n` - 1, the same for the same seed. */
    below(n: number): number
  }
  readonly host: {
    /** Writes a line to the log. */
    log(level: 'debug' | 'verbose' | 'notice' | 'warning', text: string): void
  }
}

/** What a module keeps for each engine. */
export interface ModulePart<T extends object> {
  /** That of an engine, `ctx.engine`. */
  of(engine: ModuleEngine): T
}

/** The client whose command runs. */
export interface ModuleClient {
  readonly id: number
  /** As CLIENT SETNAME gave it; empty without one. */
  readonly name: string
  readonly user: string
  /** The number of the database it has selected. */
  readonly database: number
  /** 2 or 3. */
  readonly protocol: number
}

/** What a command waits for. */
export interface ModuleWait {
  readonly keys: readonly Span[]
  /** The type that a value must have. */
  readonly type: ModuleType | undefined
  /** Milliseconds; 0 waits for ever. */
  readonly timeoutMs: number
  /** Answers when the time is over. */
  timedOut(reply: ModuleReply): void
}

/** What a handler of a module may do; it is true for the one command that runs. */
export interface ModuleContext {
  readonly engine: ModuleEngine
  readonly session: ModuleClient
  /** Milliseconds since 1970: the same for a whole command or transaction. */
  readonly now: number
  /**
   * Says that a key was changed: counts it, fails the transactions that watch it, raises an event.
   * @param kind the event's class, mostly MODULE
   * @param event its name, such as 'lb.add'
   */
  changed(kind: number, event: string, key: Span): void
  /**
   * Runs another command and gives its reply, as RESP3 has it: text, numbers, null, arrays, maps.
   * It runs in the same moment and in the client's database; a command that would wait does not.
   * Spans of this command's arguments stay true.
   * @param words its name and its arguments
   * @returns a ReplyError, with `code` and `message`, where the reply is an error
   */
  call(...words: GivenWord[]): ReplyValue
  /** States the effect in other words than the request, where that depends on time or chance. */
  replicate(...words: GivenWord[]): void
  /**
   * Lets the client wait until one of the keys has a value of the type: the command is run again
   * then. Its flags say 'blocking'. In a transaction its time is over at once.
   */
  block(wait: ModuleWait): void
  /** Raises an event without saying that something changed. */
  notify(kind: number, event: string, key: Span): void
  /** Keeps an argument, a password, from being shown to MONITOR. */
  redact(argument: number): void
}

/** The arguments of a command; 0 is its name. Spans are loans that end with the command. */
export type ModuleArgs = Omit<Args, 'words' | 'poison'>

/** Writes the reply, in the protocol of the client: heads of arrays before their elements. */
export type ModuleReply = Omit<Reply, 'output' | 'bulkOutsized' | 'raw' | 'push'>

export type ModuleHandler = (ctx: ModuleContext, args: ModuleArgs, reply: ModuleReply) => void

/** What an author says of a type; T is the class or shape of its values. */
export type ObjectTypeDeclaration<T extends object> = {
  /**
   * TYPE's answer and what RDB files know the type by: nine of A-Z, a-z, 0-9, `-` and `_`, as
   * Redis's modules have. It must never change.
   */
  readonly name: string
  /** The version of what `save` writes, 0 to 1023: it grows when an older `load` cannot read it. */
  readonly version: number
  /** Writes all that `load` needs to make the value again. */
  save(value: T, to: ModuleWriter): void
  /**
   * Makes a value of what `save` has written, perhaps years ago, perhaps not at all: a client may
   * RESTORE anything. What it throws, like undefined, says that this is no value.
   * @param version what `version` was when it was written
   */
  load(from: ModuleReader, version: number): T | undefined
  /**
   * How many bytes of memory the value takes, about. It is called after every edit: a value that
   * can be large should know the figure rather than count.
   */
  bytes(value: T): number
  /** A value that is equal and shares nothing that either can change. */
  copy(value: T): T
  /** The value is not used any more: gives up what does not go with it. */
  free(value: T): void
  /** Says what makes two values equal, for DEBUG DIGEST. */
  digest(value: T, into: ModuleDigest): void

  // What follows can be left out.

  /** OBJECT ENCODING's answer; 'raw'. */
  encoding?(value: T): string
  /** How many allocations freeing takes: above 64 UNLINK counts as lazy; 1. */
  effort?(value: T): number
  /** What DEBUG OBJECT adds to its line, beginning with a space. */
  details?(value: T): string
  /** Visits the elements in their order, for SORT; without it the type has no elements. */
  walk?(value: T, visit: (element: Span) => void): void
}

/** A type of values. */
export interface ModuleType {
  readonly name: string
  /** The number of its kind. */
  readonly id: number
}

/** A type that was declared. All of what follows throws errors.wrongType, but for `put`. */
export interface ModuleObjectType<T extends object> extends ModuleType {
  /** The value of a key, for reading; null where there is none. */
  read(ctx: ModuleContext, key: Span): T | null
  /**
   * Changes the value of a key in place. Only here may a value be changed. `ctx.changed` is still
   * to be called, for the event.
   * @param edit changes the value it is given; what it returns is returned
   * @param make makes the value of a key that has none, before `edit`; without it, undefined is
   * returned
   */
  edit<R>(ctx: ModuleContext, key: Span, edit: (value: T) => R, make: () => T): R
  edit<R>(ctx: ModuleContext, key: Span, edit: (value: T) => R): R | undefined
  /**
   * Makes an object the value of a key, whatever it had before, its time to live included.
   * `ctx.changed` is still to be called.
   */
  put(ctx: ModuleContext, key: Span, value: T): void
  /** Removes a key with its value and says so, with the event 'del'; false where there is none. */
  remove(ctx: ModuleContext, key: Span): boolean
}

/** What a module keeps in RDB files beside the values of its types, before all keys or after. */
export interface ModuleSideData {
  /** As that of a type, and perhaps the name of one of the module's types. */
  readonly name: string
  /** The version of what `save` writes, 0 to 1023. */
  readonly version: number
  /** Is asked twice for each file; where it writes nothing, nothing is there to load. */
  save(engine: ModuleEngine, place: 'before' | 'after', to: ModuleWriter): void
  /** Reads what was written at that place; what it throws says that this is damaged. */
  load(engine: ModuleEngine, place: 'before' | 'after', from: ModuleReader, version: number): void
}

/** A command of a module. */
export interface ModuleCommand {
  /** 'LB.ADD': by convention the module's short name, a point, a verb. */
  readonly name: string
  /** One sentence, for COMMAND DOCS. */
  readonly summary?: string
  readonly complexity?: string
  /** The version of the module that brought it. */
  readonly since?: string
  /** The grammar of the arguments: 'key score member [GT | LT]'; the arity follows from it. */
  readonly syntax?: string
  /** What happens to the keys, one entry for each key of the grammar: 'RW insert'. */
  readonly keys?: string | readonly KeyDeclaration[]
  /** 'write' or 'readonly' for all that touch keys; 'denyoom', 'fast', … */
  readonly flags?: readonly CommandFlag[]
  /** ACL categories, of Redis or of the module. */
  readonly categories?: readonly CategoryName[]
  readonly tips?: readonly string[]
  /** For a command with the flag 'protected': the directive that says who may run it. */
  readonly allowedBy?: string
  /** Commands behind a second word. */
  readonly subcommands?: readonly ModuleCommand[]
  /** Reads arguments, looks up, changes, replies; throws only before it changes. */
  readonly run?: ModuleHandler
}

/** What may refuse commands before they run. */
export interface ModuleGate {
  readonly name: string
  /** The gate behind which it stands: 'acl', 'memory', … */
  readonly after: GateName
  /** Which commands it looks at, by full name ('get', 'client|list') and flags of COMMAND INFO. */
  applies(command: { readonly name: string; readonly flags: readonly string[] }): boolean
  /** Throws a CommandError to refuse. */
  check(ctx: ModuleContext, args: ModuleArgs): void
}

/** A section of INFO: `INFO everything`, `INFO modules` and who names it see it. */
export interface ModuleSection {
  /** Absent: the section is called as the module is; else `<module>_<name>`. */
  readonly name?: string
  /** Name, without the module's, and value of each line. */
  fields(engine: ModuleEngine): Iterable<readonly [name: string, value: string | number]>
}

/** What a module says about itself. */
export interface ModuleDeclaration {
  /** In lower case. */
  readonly name: string
  /** MODULE LIST's `ver`; 1 by default. */
  readonly version?: number
  /** Types of values, made with `defineObjectType`. */
  readonly types?: readonly ModuleType[]
  readonly aux?: readonly ModuleSideData[]
  readonly commands?: readonly ModuleCommand[]
  /** ACL categories of its own, in lower case, without '@': its commands may name them. */
  readonly categories?: readonly string[]
  readonly gates?: readonly ModuleGate[]
  /** Directives, each called `<module>.<name>`, as redis.conf and CONFIG have them. */
  readonly directives?: readonly Directive[]
  readonly info?: readonly ModuleSection[]
  /**
   * The module is loaded; its directives have their values. What it throws keeps it out.
   * @param args what follows its file in `loadmodule`, one character per byte
   */
  onLoad?(engine: ModuleEngine, args: readonly string[]): void
  /** The module is unloaded. */
  onUnload?(engine: ModuleEngine): void
  /** Ten times a second: bounded work; `now` in milliseconds. */
  onTick?(engine: ModuleEngine, now: number): void
  onSessionStart?(client: ModuleClient): void
  onSessionEnd?(client: ModuleClient): void
}

/** A module as `Rubellite.open({ modules })` and `loadmodule` take it. */
export interface LoadableModule {
  readonly name: string
  readonly version: number
  readonly api: number
}
