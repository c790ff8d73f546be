// state.ts: what an engine knows of its file: when it was saved, what was loaded.

import { definePart } from '../../engine/contract/parts.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'

/** How far a file has been loaded. */
export type Progress = {
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number
  readonly totalBytes: number
  loadedBytes: number
  /** What the file says that its server used, in bytes; 0 while that is not known. */
  usedMemory: number
}

export class PersistenceState {
  /** When data was last saved, in whole seconds since 1970; the start counts as saved. */
  lastSave: number
  /** What `changes.dirty` was when it was saved. */
  private savedDirty: number
  /** Attempts to save. */
  saves = 0
  /** Keys that the last load brought, and those that had expired. */
  keysLoaded = 0
  keysExpired = 0
  /** Set while a file is being loaded. */
  loading: Progress | undefined = undefined
  /**
   * Function libraries of the file, as code. They cannot be run yet; they are kept so that saving
   * does not lose them.
   */
  libraries: readonly Uint8Array[] = []

  constructor(engine: Engine) {
    this.lastSave = Math.floor(engine.startedAt / 1000)
    this.savedDirty = engine.changes.dirty
  }

  /** Changes since data was last saved. */
  changes(engine: Engine): number {
    return engine.changes.dirty - this.savedDirty
  }

  /** Notes that the file holds what the engine holds. */
  saved(engine: Engine): void {
    this.lastSave = Math.floor(engine.now / 1000)
    this.savedDirty = engine.changes.dirty
  }
}

/** What an engine knows of its file. */
export const persistenceState = definePart('persistence', (engine) => new PersistenceState(engine))
