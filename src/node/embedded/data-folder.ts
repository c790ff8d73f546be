// data-folder.ts: where an embedded database has its file: the folder that the directive `dir`
// names. Without one it lives in memory only.

import { opendirSync } from 'node:fs'
import { resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Configuration } from '../../engine/config/configuration.ts'
import { refuse } from '../../engine/config/directive.ts'
import type { LogLevel } from '../../engine/contract/ports.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { openData } from '../../features/persistence/load.ts'
import { bytesText, pathOf } from '../files/config-files.ts'
import { FileStorage } from '../files/file-storage.ts'
import { errorText } from '../process/error-text.ts'
import type { NodeHost } from '../process/node-host.ts'

/** Bytes that are loaded at once; the program goes on in between. */
const STEP = 2 << 20

export class DataFolder {
  /** Warnings of a load, which become an error's message. */
  private faults: string[] | undefined

  /** Takes a line of the engine's log. */
  note(level: LogLevel, line: string): void {
    if (level === 'warning') this.faults?.push(line)
  }

  /** Gives the host files as soon as `dir` names a folder; the program's own one stays. */
  follow(config: Configuration, host: NodeHost): void {
    config.onChange<string>('dir', ({ value }) => {
      const folder = resolve(pathOf(value))
      expectFolder(folder)
      host.storage = new FileStorage(folder)
      config.amend('dir', bytesText(folder))
    })
  }

  /**
   * Loads the file, if there is a folder and a file in it.
   * @throws Error naming the file and what is wrong with it
   */
  async load(engine: Engine): Promise<void> {
    if (engine.host.storage === undefined) return
    const faults: string[] = []
    this.faults = faults
    const load = openData(engine, false)
    while (load?.step(STEP)) await nextTurn()
    this.faults = undefined
    if (!load?.failed) return
    const file = resolve(engine.host.storage.folder, engine.config.decoded('dbfilename'))
    throw new Error(`cannot load '${file}': ${faults.join('; ')}`)
  }
}

function expectFolder(path: string): void {
  try {
    opendirSync(path).closeSync()
  } catch (error) {
    refuse(errorText(error as NodeJS.ErrnoException))
  }
}
