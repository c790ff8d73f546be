// engine-options.ts: what an engine is made of.

import type { Allocate } from '../../bytes/wire/output.ts'
import type { Module } from '../contract/module.ts'
import type { Clock, Entropy, Host } from '../contract/ports.ts'
import type { Engine } from './engine.ts'

export type EngineOptions = {
  readonly modules: readonly Module[]
  readonly clock: Clock
  readonly entropy: Entropy
  /** Seed of everything random that is no secret; from the entropy when absent. */
  readonly seed?: number
  /** Number of databases, 1 or more; what the directive says when absent. */
  readonly databases?: number
  /** The process around the engine; nobody when absent. */
  readonly host?: Host
  /** Loads the configuration and renames commands, before anything reads a directive. */
  readonly configure?: (engine: Engine) => void
  /** Makes output buffers; plain arrays when absent. */
  readonly allocate?: Allocate
  /** Spans and views of a command that ended read as garbage, so that an escaped loan is seen. */
  readonly poison?: boolean
}
