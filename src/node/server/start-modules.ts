// start-modules.ts: the modules that a server loads when it starts: those that `loadmodule` names,
// and what the configuration says of their directives.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { loadModule } from '../../features/modules/load.ts'
import type { Origin } from '../../features/modules/loaded.ts'
import { pathOf } from '../files/config-files.ts'
import type { Log } from '../process/log.ts'

/** `import()` of whoever started this: in the one file of the bundle there is none. */
export type ImportUrl = (url: string) => Promise<unknown>

/** What `Host.importFile` does. */
export function fileImporter(importUrl: ImportUrl): (path: string) => Promise<unknown> {
  return (path) => importUrl(pathToFileURL(resolve(pathOf(path))).href)
}

export class StartModules {
  private readonly files: Origin[] = []
  private readonly settings = new Map<string, string>()

  loadModule(path: string, args: readonly string[]): void {
    this.files.push({ path, args })
  }

  moduleSetting(name: string, value: string): void {
    this.settings.set(name, value)
  }

  /**
   * Loads them, one after the other.
   * @returns false when one cannot be loaded or a directive is nobody's; the log says why
   */
  async load(engine: Engine, log: Log): Promise<boolean> {
    for (const file of this.files) {
      const own = await loadModule(engine, { ...file, settings: this.settings }, false)
      if (own === undefined) {
        log.write('warning', `Can't load module from ${file.path}: server aborting`)
        return false
      }
      for (const name of own) this.settings.delete(name)
    }
    if (this.settings.size === 0) return true
    log.write('warning', 'Unresolved Configuration(s) Detected:')
    for (const [name, value] of this.settings) log.write('warning', `>>> '${name} ${value}'`)
    log.write(
      'warning',
      'Module Configuration detected without loadmodule directive or no ApplyConfig call: exiting.',
    )
    return false
  }
}
