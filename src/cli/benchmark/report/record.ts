// record.ts: the complete record of a run, as JSON: enough to judge the figures and to repeat them.
//
// It says what kind of machine was used, not which one: no host name, no folders.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { packageRoot, shownWord } from '../servers/server-command.ts'
import type { ServerDescription } from '../servers/server-process.ts'

export interface MachineShape {
  cores: number
  model: string
  memoryMiB: number
  system: string
  architecture: string
  node: string
}

export interface RunRecord {
  /** Of this format; a change that readers must know raises it. */
  format: 1
  date: string
  version: string
  /** The commit of this package, `+` behind it when files were changed; null outside a clone. */
  commit: string | null
  machine: MachineShape
  commandLine: string
  driver: string
  servers: ServerDescription[]
  /** The figures of a comparison or a suite. */
  results: unknown
}

/** What a run adds to the record. */
export type RunFigures = Pick<RunRecord, 'driver' | 'servers' | 'results'>

/** A record of figures measured now with these arguments. */
export function recordRun(argv: readonly string[], figures: RunFigures): RunRecord {
  return {
    format: 1,
    date: new Date().toISOString(),
    version: packageVersion(),
    commit: commit(),
    machine: machineShape(),
    commandLine: ['rubellite benchmark', ...argv.map(shownWord)].join(' '),
    ...figures,
  }
}

/** Writes a record to a file, or to standard output for `-`. */
export function writeRecord(record: RunRecord, file: string): void {
  const text = `${JSON.stringify(record, null, 1)}\n`
  if (file === '-') process.stdout.write(text)
  else writeFileSync(file, text)
}

/**
 * Writes a record to `bench/results/<date>-<name>.json` below the working directory; a second run
 * on one day gets a number. @returns the file's path.
 */
export function saveResults(record: RunRecord, name: string): string {
  const folder = join('bench', 'results')
  mkdirSync(folder, { recursive: true })
  const stem = `${record.date.slice(0, 10)}-${name}`
  let file = join(folder, `${stem}.json`)
  for (let run = 2; existsSync(file); run++) file = join(folder, `${stem}-${run}.json`)
  writeRecord(record, file)
  return file
}

/** The version of this package. */
export function packageVersion(): string {
  const description: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))
  const { version } = description as { version?: unknown }
  return typeof version === 'string' ? version : 'unknown'
}

/** What kind of machine this is. */
export function machineShape(): MachineShape {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    system: `${type()} ${release()}`,
    architecture: process.arch,
    node: process.version,
  }
}

function commit(): string | null {
  const git = (...argv: string[]) =>
    spawnSync('git', argv, { cwd: packageRoot(), encoding: 'utf8' })
  const head = git('rev-parse', '--short=12', '--verify', 'HEAD')
  if (head.status !== 0) return null
  const isChanged = git('status', '--porcelain', '--untracked-files=no').stdout !== ''
  return head.stdout.trim() + (isChanged ? '+' : '')
}
