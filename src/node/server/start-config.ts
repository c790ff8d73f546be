// start-config.ts: the configuration a server starts with: file, standard input, command line.

import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { refuse } from '../../engine/config/directive.ts'
import { ConfigFault, loadConfiguration } from '../../engine/config/load.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { renameCommand } from '../../features/config/rename.ts'
import type { CommandLine } from '../../formats/directives.ts'
import {
  bytesText,
  pathOf,
  RewritableFile,
  readConfigFile,
  readIncluded,
  readStandardInput,
} from '../files/config-files.ts'
import { errorText } from '../process/error-text.ts'
import type { StartModules } from './start-modules.ts'

/** What the lines come from; kept so that a background process need not read it again. */
export type StartText = {
  /** Absolute path of the configuration file, empty without one. */
  readonly file: string
  /** What standard input said, when it was asked for. */
  readonly stdin: string
  /** All lines, in the order in which they count. */
  readonly text: string
}

/**
 * Gathers the lines.
 * @throws Error whose message belongs into the log
 */
export function readStartText(line: CommandLine): StartText {
  const file = line.file === undefined ? '' : resolve(pathOf(line.file))
  const stdin = line.stdin ? readStandardInput() : ''
  const head = file === '' ? '' : readConfigFile(file)
  return { file, stdin, text: `${head}${stdin}\n${line.text}` }
}

/**
 * Loads the lines into an engine that is being made.
 * @throws ConfigFault when a line is wrong
 */
export function configure(engine: Engine, start: StartText, modules: StartModules): void {
  const { config } = engine
  config.amend('dir', bytesText(process.cwd()))
  config.onChange<string>('dir', (setting) => {
    try {
      process.chdir(pathOf(setting.value))
    } catch (error) {
      refuse(errorText(error as NodeJS.ErrnoException))
    }
    config.amend('dir', bytesText(process.cwd()))
  })
  const fault = loadConfiguration(config, start.text, {
    include: readIncluded,
    rename: (from, to) => renameCommand(engine.table, from, to),
    loadModule: (path, args) => modules.loadModule(path, args),
    moduleSetting: (name, value) => modules.moduleSetting(name, value),
  })
  if (fault !== undefined) throw fault
  if (start.file !== '') config.file = new RewritableFile(start.file)
  checkLogFile(config.decoded('logfile'))
}

/** Finds out now, while somebody looks, that there will be no log. */
function checkLogFile(path: string): void {
  if (path === '') return
  try {
    appendFileSync(path, '')
  } catch (error) {
    const reason = errorText(error as NodeJS.ErrnoException)
    throw new ConfigFault(`Can't open the log file: ${reason}`)
  }
}
