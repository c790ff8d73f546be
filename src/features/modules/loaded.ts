// loaded.ts: which modules of an engine came from outside, and from which files.

import type { Module } from '../../engine/contract/module.ts'
import { definePart } from '../../engine/contract/parts.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'

/** Where a module was loaded from. */
export type Origin = {
  /** As it was given, one character per byte. */
  readonly path: string
  readonly args: readonly string[]
}

/** Where the modules were loaded from that came from a file. */
export const origins = definePart('module origins', () => new Map<Module, Origin>())

/** The modules that came from outside, in the order in which they came. */
export function outsideModules(engine: Engine): readonly Module[] {
  return engine.modules.filter(({ version }) => version !== undefined)
}
