// module.ts: the one door through which everything that is not the engine comes in: strings just
// like JSON, transactions just like a third party's module.

import type { Command } from './command.ts'
import type { DataType } from './datatype.ts'
import type { DebugSubcommand } from './debug-subcommand.ts'
import type { Directive } from './directive.ts'
import type { Engine } from './engine.ts'
import type { Gate } from './gates.ts'
import type { Session } from './session.ts'

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
}

export type Module = {
  readonly name: string
  /** Of one that comes from outside: MODULE LIST shows it. */
  readonly version?: number
  /** MODULE_API when it was declared. */
  readonly api?: number
  readonly types?: readonly DataType<unknown>[]
  readonly commands?: readonly Command[]
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
