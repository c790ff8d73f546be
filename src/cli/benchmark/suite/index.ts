// index.ts: `--suite foundation`: runs the scenarios of the project's table of figures.
import { serverCommands } from '../compare.ts'
import { chooseDriver } from '../driver.ts'
import { type BenchmarkOptions, OptionError } from '../options.ts'
import { Progress } from '../progress.ts'
import { recordRun, saveResults, writeRecord } from '../record.ts'
import { embedded } from './embedded.ts'
import { memory } from './memory.ts'
import { findReferences } from './references.ts'
import { suiteText } from './report.ts'
import type { Scenario, ScenarioRow, SuiteContext } from './scenario.ts'
import { stall } from './stall.ts'
import { start } from './start.ts'
import { wire } from './wire.ts'

/** The suites by name. */
const suites: Readonly<Record<string, readonly Scenario[]>> = {
  foundation: [wire, memory, stall, start, embedded],
}

/** Runs a suite and prints its table. @returns the exit code, 1 only with `--assert`. */
export async function runSuite(options: BenchmarkOptions, argv: string[]): Promise<number> {
  const name = options.suite ?? ''
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined
  if (suite === undefined) throw new OptionError(`There is no suite "${name}".`)
  const context = contextOf(options)
  const rows: ScenarioRow[] = []
  try {
    for (const scenario of suite) rows.push(...(await scenario(context)))
  } finally {
    context.progress.clear()
  }
  if (rows.length === 0) throw new OptionError('--only selects no scenario.')
  const servers = [...context.descriptions.values()]
  const record = recordRun(argv, { driver: context.driver.name, servers, results: rows })
  const report = options.json === '-' ? process.stderr : process.stdout
  report.write(`suite ${name}, load by ${context.driver.name}\n`)
  for (const server of servers) report.write(`  ${server.name}: ${server.version}\n`)
  report.write(
    `\n${suiteText(
      rows,
      context.commands.map((command) => command.name),
    )}`,
  )
  if (options.json !== undefined) writeRecord(record, options.json)
  if (options.savesResults) process.stderr.write(`${saveResults(record, name)}\n`)
  return options.asserts && rows.some(({ mark }) => mark === 'FAIL') ? 1 : 0
}

function contextOf(options: BenchmarkOptions): SuiteContext {
  const { only, rounds, scale, seed } = options
  const given = serverCommands(options)
  return {
    commands: given.length > 1 ? given : [...given, ...findReferences()],
    driver: chooseDriver(options.driver, true),
    rounds,
    scale,
    seed,
    progress: new Progress(),
    wants: (scenario) =>
      only === undefined || only.some((part) => `${scenario}/`.startsWith(`${part}/`)),
    descriptions: new Map(),
  }
}
