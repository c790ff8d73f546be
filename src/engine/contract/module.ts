// module.ts: the one door through which everything that is not the engine comes in: strings just
// like JSON, transactions just like a third party's module.

import type { ModuleReader } from '../../formats/rdb/module-reader.ts'
import type { ModuleWriter } from '../../formats/rdb/module-writer.ts'
import type { Command } from '../command/command.ts'
import type { Directive } from '../config/directive.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { Role } from '../dispatch/role.ts'
import type { Session } from '../session/session.ts'
import type { DataType } from './datatype.ts'
import type { DebugSubcommand } from './debug-subcommand.ts'
import type { Gate } from './gates.ts'
import type { ShutdownOptions } from './ports.ts'

/** A section of INFO. */
export type InfoSection = {
  /** Its name as INFO's argument, in lower case. */
  readonly name: string
  /** Its heading; the name with a capital when absent. */
  readonly title?: string
  /** Another name it has as INFO's argument. */
  readonly alias?: string
  /**
   * Whether INFO without arguments shows it; 'named' shows it to who names it only, 'everything' to
   * who asks for everything or for the modules.
   */
  readonly byDefault: boolean | 'named' | 'everything'
  /** Name and value of each line, in order. */
  fields(engine: Engine): Iterable<readonly [name: string, value: string | number]>
}

/** What a module wants to be told; each is called as a plain function, without `this`. */
export type Hooks = {
  /**
   * The module is taken in, before `onStart`, and what it throws keeps it out.
   * @param args what follows its file, one character per byte
   */
  onLoad?(engine: Engine, args: readonly string[]): void
  /** The module is taken out. */
  onUnload?(engine: Engine): void
  /** The engine was made; directives have their values. */
  onStart?(engine: Engine): void
  /** A session begins. */
  onSessionStart?(session: Session): void
  /** A session begins anew (RESET). */
  onSessionReset?(session: Session): void
  /** A session has ended. */
  onSessionEnd?(session: Session): void
  /** Bounded work, ten times a second; `now` in milliseconds. */
  onTick?(engine: Engine, now: number): void
  /** Clients take more memory than they may; no command is running. */
  onCrowded?(engine: Engine): void
  /**
   * Replies are about to leave, or a tick ends, and somebody has called `engine.turn.arm` since the
   * last time. No reply to what was done before has left yet. It must not run commands; what it
   * throws keeps the replies back and ends the process.
   */
  onTurnEnd?(engine: Engine): void
  /** All data of a file was loaded: when a server starts, and by DEBUG RELOAD. */
  onLoaded?(engine: Engine): void
  /**
   * The process is about to end, or an embedded database to be closed.
   * @returns whether it may: false refuses, after the log was told why. With `force` it ends
   *   nevertheless. Another module may still refuse, so that the engine must remain usable.
   */
  onEnd?(engine: Engine, options: ShutdownOptions): boolean
  /** The engine was promoted or demoted: `role` is what it is now. */
  onRoleChange?(engine: Engine, role: Role): void
}

/**
 * What a module keeps in RDB files beside the values of its types, before all keys or after them.
 * A file that holds such data is refused by engines without the module.
 */
export type ModuleAux = {
  /** Nine of A-Z, a-z, 0-9, `-` and `_`; it may be the name of one of the module's types. */
  readonly name: string
  /** The version of what `save` writes, 0 to 1023. */
  readonly version: number
  /** Is asked twice for each file; where it writes nothing, nothing is there to load. */
  save(engine: Engine, place: 'before' | 'after', to: ModuleWriter): void
  /** Reads what was written at that place; what it throws says that this is damaged. */
  load(engine: Engine, place: 'before' | 'after', from: ModuleReader, version: number): void
}

export type Module = {
  readonly name: string
  /** Of one that comes from outside: MODULE LIST shows it. */
  readonly version?: number
  /** MODULE_API when it was declared. */
  readonly api?: number
  readonly types?: readonly DataType<unknown>[]
  readonly aux?: readonly ModuleAux[]
  readonly commands?: readonly Command[]
  /** ACL categories beside those built in, without '@', for its commands; in lower case. */
  readonly categories?: readonly string[]
  readonly gates?: readonly Gate[]
  readonly directives?: readonly Directive[]
  readonly info?: readonly InfoSection[]
  /** What it adds to DEBUG. */
  readonly debug?: readonly DebugSubcommand[]
  readonly hooks?: Hooks
}

/** The version of the door (author.ts), INFO's `api`. */
export const MODULE_API = 1

/**
 * The module behind what an author's `defineModule` gave.
 * @throws Error for anything else, and for a module that was made for another version
 */
export function moduleBehind(value: unknown): Module {
  if (typeof value !== 'object' || value === null || !('api' in value)) {
    throw new Error("what is given as a module was not made by 'defineModule'")
  }
  const module = value as unknown as Module
  if (module.api === MODULE_API) return module
  throw new Error(`module '${module.name}' is made for version ${module.api} of rubellite/module`)
}

/** Declares a module; the object is what `new Engine({ modules })` takes. */
export function defineModule(module: Module): Module {
  return Object.freeze(module)
}
