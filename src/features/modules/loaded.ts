// loaded.ts: which modules of an engine came from outside, and from which files.

import type { Engine } from '../../engine/engine.ts'
import type { Module } from '../../engine/module.ts'

/** Where a module was loaded from. */
export type Origin = {
  /** As it was given, one character per byte. */
  readonly path: string
  readonly args: readonly string[]
}

const origins = new WeakMap<Engine, Map<Module, Origin>>()

/** Where the modules were loaded from that came from a file. */
export function originsOf(engine: Engine): Map<Module, Origin> {
  let found = origins.get(engine)
  if (found === undefined) {
    found = new Map()
    origins.set(engine, found)
  }
  return found
}

/** The modules that came from outside, in the order in which they came. */
export function outsideModules(engine: Engine): readonly Module[] {
  return engine.modules.filter(({ version }) => version !== undefined)
}
