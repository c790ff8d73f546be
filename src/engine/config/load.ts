// load.ts: reads a configuration file or a command line into the settings, and says
// of the first line that is wrong what redis-server would say.

import { type DirectiveLine, readDirectiveLines, splitWords } from '../../formats/directives.ts'
import { assign, type Configuration, reasonOf } from './configuration.ts'
import { Refusal, refuse } from './directive.ts'
import type { Setting } from './setting.ts'

/** What a configuration may ask for beyond values; the host and the command table answer. */
export interface ConfigSources {
  /**
   * The text of the files an `include` line names, one after the other; empty when a glob pattern
   * matches none. Throws an Error whose message is what to print when a file cannot be read.
   */
  include(pattern: string): string
  /**
   * Renames a command, or removes it when `to` is empty.
   * @returns 'unknown' or 'taken' when that cannot be
   */
  rename(from: string, to: string): 'renamed' | 'unknown' | 'taken'
  /** Notes a module that is to be loaded from a file. Absent where none can be. */
  loadModule?(path: string, args: readonly string[]): void
  /** Notes the value of a directive of a module that is to be loaded. */
  moduleSetting?(name: string, value: string): void
}

/** The version whose files are understood; part of the message people search for. */
const VERSION = '8.2.3'

/** Files that include one another end here. */
const DEPTH_MAX = 16

/** Names that redis-server still accepts with one value and ignores. */
export const RETIRED = [
  'list-max-ziplist-entries',
  'list-max-ziplist-value',
  'lua-replicate-commands',
  'io-threads-do-reads',
]

/** Lines that are no settings: they are read from files only, and CONFIG GET does not know them. */
export const LINE_DIRECTIVES = ['include', 'rename-command', 'user', 'loadmodule', 'sentinel']

/** Ends the load: the text is what goes to standard error before exit code 1. */
export class ConfigFault {
  readonly text: string
  readonly reason: string
  /** Number of the line from 1, 0 when no line is to blame. */
  readonly line: number

  constructor(reason: string, line?: Pick<DirectiveLine, 'number' | 'text'>) {
    const place =
      line === undefined
        ? ''
        : `Reading the configuration file, at line ${line.number}\n>>> '${line.text}'\n`
    this.reason = reason
    this.line = line?.number ?? 0
    this.text = `\n*** FATAL CONFIG FILE ERROR (Redis ${VERSION}) ***\n${place}${reason}\n`
  }
}

/**
 * Sets what the text says; immutable and protected directives too.
 * @param text the lines of the file, then those of standard input, then of the command line
 * @returns the fault that ends the start; undefined when all is well
 */
export function loadConfiguration(
  config: Configuration,
  text: string,
  sources: ConfigSources,
): ConfigFault | undefined {
  try {
    const load = new Load(config, sources)
    load.run(text, 0)
    load.checkEffects()
    return undefined
  } catch (error) {
    if (error instanceof ConfigFault) return error
    throw error
  }
}

class Load {
  private readonly config: Configuration
  private readonly sources: ConfigSources
  /** The last line that set each setting. */
  private readonly seen = new Map<Setting, DirectiveLine>()

  constructor(config: Configuration, sources: ConfigSources) {
    this.config = config
    this.sources = sources
  }

  run(text: string, depth: number): void {
    for (const line of readDirectiveLines(text)) {
      try {
        this.line(line, depth)
      } catch (error) {
        if (error instanceof ConfigFault) throw error
        throw new ConfigFault(reasonOf(error), line)
      }
    }
  }

  /**
   * Refuses what cannot be done. This waits for the end: a later line may take an earlier one
   * back, as `--save ""` does with the save points of a file.
   */
  checkEffects(): void {
    for (const [setting, line] of this.seen) {
      const { effect } = setting.directive
      if (effect.refuses(setting.value)) throw new ConfigFault(effect.note, line)
    }
  }

  private line(line: DirectiveLine, depth: number): void {
    const { words } = line
    if (words === undefined) throw new Refusal('Unbalanced quotes in configuration line')
    const name = words[0]!.toLowerCase()
    const setting = this.config.find(name)
    if (setting !== undefined) this.set(setting, words.slice(1), line)
    else if (!(RETIRED.includes(name) && words.length === 2)) this.other(name, words, depth)
  }

  private set(setting: Setting, values: readonly string[], line: DirectiveLine): void {
    const { kind, immediate } = setting.directive
    if (!kind.words && values.length !== 1) refuse('wrong number of arguments')
    // One quoted word may hold them all: --save "900 1 300 10".
    const one = kind.words && values.length === 1 && values[0] !== '' ? values[0]! : undefined
    const words = one === undefined ? values : (splitWords(one) ?? [])
    assign(setting, words, { loading: true, repeated: this.seen.has(setting) })
    this.seen.delete(setting)
    this.seen.set(setting, line)
    if (immediate) for (const hook of setting.hooks) hook(setting)
  }

  private other(name: string, words: readonly string[], depth: number): void {
    const count = words.length
    if (name === 'include' && count === 2) this.include(words[1]!, depth)
    else if (name === 'rename-command' && count === 3) this.rename(words[1]!, words[2]!)
    else if (name === 'user' && count >= 2) refuseUser(words)
    else if (name === 'loadmodule' && count >= 2) this.loadModule(words[1]!, words.slice(2))
    else if (name.includes('.') && count >= 2 && this.sources.moduleSetting !== undefined) {
      this.sources.moduleSetting(name, words.slice(1).join(' '))
    } else if (name === 'sentinel') {
      refuse(
        count === 1
          ? 'sentinel: this server has no sentinel mode yet'
          : 'sentinel directive while not in sentinel mode',
      )
    } else refuse('Bad directive or wrong number of arguments')
  }

  private include(pattern: string, depth: number): void {
    if (depth === DEPTH_MAX) refuse(`include: files are nested deeper than ${DEPTH_MAX}`)
    let text: string
    try {
      text = this.sources.include(pattern)
    } catch (error) {
      throw new Refusal(error instanceof Error ? error.message : String(error))
    }
    this.run(text, depth + 1)
  }

  private loadModule(path: string, args: readonly string[]): void {
    if (this.sources.loadModule === undefined) {
      refuse('loadmodule: only a server loads modules from files')
    }
    this.sources.loadModule(path, args)
  }

  private rename(from: string, to: string): void {
    const outcome = this.sources.rename(from, to)
    if (outcome === 'unknown') refuse('No such command in rename-command')
    if (outcome === 'taken') refuse('Target command name already exists')
  }
}

/** What a user line must grant to say no more than what holds without users. */
const EVERYTHING = [
  ['on'],
  ['nopass'],
  ['~*', 'allkeys'],
  ['&*', 'allchannels'],
  ['+@all', 'allcommands'],
]

/** Users cannot be kept apart yet; the line CONFIG REWRITE of a redis-server leaves may be true. */
function refuseUser(words: readonly string[]): void {
  const rules = words.slice(2).map((rule) => rule.toLowerCase())
  const grants = rules.filter((rule) => rule !== 'sanitize-payload')
  const grantsAll = EVERYTHING.every((names) => grants.some((rule) => names.includes(rule)))
  if (words[1] === 'default' && grants.length === EVERYTHING.length && grantsAll) return
  refuse('user: access control lists are not available yet')
}
