// index.ts: `--suite <name>`: runs the scenarios of the project's table of figures.
import { serverCommands } from '../compare.ts'
import { chooseDriver } from '../load/driver.ts'
import { OptionError } from '../option-values.ts'
import type { BenchmarkOptions } from '../options.ts'
import { Progress } from '../report/progress.ts'
import { recordRun, saveResults, writeRecord } from '../report/record.ts'
import { embedded } from './embedded.ts'
import { greedy } from './greedy.ts'
import { largeCollections } from './large.ts'
import { items, memory } from './memory.ts'
import { publish } from './publish.ts'
import { findReferences } from './references.ts'
import { suiteText } from './report.ts'
import type { Scenario, SuiteContext } from './scenario.ts'
import { collections, stall } from './stall.ts'
import { start } from './start.ts'
import { tests } from './tests.ts'
import { wire } from './wire.ts'

/** The suites by name. */
const suites: Readonly<Record<string, readonly Scenario[]>> = {
  foundation: [wire, memory, stall, greedy, start, embedded],
  data: [tests, largeCollections, items, collections, publish],
}

/**
 * Runs a suite and prints its table.
 *
 * @returns the exit code: 1 when a scenario could not be finished, or with `--assert` when a figure
 *   misses what it must reach.
 */
export async function runSuite(options: BenchmarkOptions, argv: string[]): Promise<number> {
  const name = options.suite ?? ''
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined
  if (suite === undefined) throw new OptionError(`There is no suite "${name}".`)
  const context = contextOf(options)
  const { rows } = context
  const failures = await runAll(suite, context)
  if (rows.length === 0 && failures.length === 0)
    throw new OptionError('--only selects no scenario.')
  const servers = [...context.descriptions.values()]
  const record = recordRun(argv, {
    driver: context.driver.name,
    servers,
    results: { rows, failures },
  })
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
  for (const failure of failures) process.stderr.write(`${failure}\n`)
  const misses = options.asserts && rows.some(({ mark }) => mark === 'FAIL')
  return misses || failures.length > 0 ? 1 : 0
}

// A scenario that cannot be finished does not cost the figures of the others.
async function runAll(suite: readonly Scenario[], context: SuiteContext): Promise<string[]> {
  const failures: string[] = []
  for (const scenario of suite) {
    try {
      await scenario(context)
    } catch (error) {
      failures.push(`${scenario.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    context.progress.clear()
  }
  return failures
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
    rows: [],
    descriptions: new Map(),
  }
}
