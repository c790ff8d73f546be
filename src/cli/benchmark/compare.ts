// compare.ts: `--against`: starts our server and others, and sets their figures side by side.
import { chooseDriver } from './load/driver.ts'
import type { BenchmarkOptions } from './options.ts'
import { Progress } from './report/progress.ts'
import { recordRun, saveResults, writeRecord } from './report/record.ts'
import { median, type Spread } from './report/statistics.ts'
import { ratioText, tableText, wholeText } from './report/table.ts'
import { compareRounds, runRounds, type TestRounds } from './rounds.ts'
import {
  ownServerCommand,
  parseServerCommand,
  type ServerCommand,
} from './servers/server-command.ts'
import { ServerProcess } from './servers/server-process.ts'
import { commandTest, selectTests } from './tests.ts'

const ROUNDS = 5

/** Compares the servers and prints a table. @returns the exit code. */
export async function runComparison(options: BenchmarkOptions, argv: string[]): Promise<number> {
  const driver = chooseDriver(options.driver, true)
  const { command, dataSize } = options
  const isCommand = command.length > 0
  const tests = isCommand ? [commandTest(command, dataSize)] : selectTests(options.tests)
  const progress = new Progress()
  const servers: ServerProcess[] = []
  const results: TestRounds[] = []
  try {
    for (const each of serverCommands(options)) servers.push(await ServerProcess.start(each))
    const rounds = options.rounds ?? ROUNDS
    for (const test of tests) {
      const plan = { servers, driver, test, shape: withoutLogin(options), rounds, progress }
      results.push(await runRounds(plan))
    }
  } finally {
    progress.clear()
    await Promise.all(servers.map((server) => server.stop()))
  }
  const descriptions = servers.map(({ description }) => description)
  const record = recordRun(argv, { driver: driver.name, servers: descriptions, results })
  const report = options.json === '-' ? process.stderr : process.stdout
  report.write(headText(options, driver.name))
  for (const { name, version } of descriptions) report.write(`  ${name}: ${version}\n`)
  const names = descriptions.map(({ name }) => name)
  report.write(`\n${comparisonText(results, names)}`)
  if (options.json !== undefined) writeRecord(record, options.json)
  if (options.savesResults) process.stderr.write(`${saveResults(record, 'compare')}\n`)
  return 0
}

/** Our server first, then the others, each with a name of its own. */
export function serverCommands({ server, against }: BenchmarkOptions): ServerCommand[] {
  const own = server === undefined ? ownServerCommand() : parseServerCommand(server)
  const seen = new Map<string, number>()
  return [own, ...against.map(parseServerCommand)].map((command) => {
    const count = (seen.get(command.name) ?? 0) + 1
    seen.set(command.name, count)
    return count === 1 ? command : { ...command, name: `${command.name}-${count}` }
  })
}

// The servers are our own children, without a password.
function withoutLogin(options: BenchmarkOptions): BenchmarkOptions {
  return { ...options, user: undefined, password: undefined, database: undefined }
}

function headText(options: BenchmarkOptions, driver: string): string {
  const { clients, pipeline, requests, dataSize, keyspace, rounds = ROUNDS } = options
  const keys = keyspace === undefined ? 'one key' : `${wholeText(keyspace)} keys`
  const load = `${clients} connections, pipeline ${pipeline}, ${dataSize}-byte values, ${keys}`
  return `${load}; ${rounds} rounds of ${wholeText(requests)} requests; load by ${driver}\n`
}

/** The table: each row compares the first server with one of the others in one test. */
export function comparisonText(results: readonly TestRounds[], names: readonly string[]): string {
  const [ours = '', ...others] = names
  const head = [
    'test',
    `${ours} rps`,
    'other',
    'rps',
    'throughput ratio',
    'µs CPU/req',
    'CPU ratio',
  ]
  const rows = results.flatMap((result) =>
    result.skipped === undefined ? rowsOf(result, ours, others) : [],
  )
  const skipped = results
    .filter((result) => result.skipped !== undefined)
    .map((result) => `${result.test}: skipped, ${result.skipped}\n`)
  return tableText(head, rows) + skipped.join('')
}

// `--server` alone has nobody to be compared with, but figures all the same.
function rowsOf(result: TestRounds, ours: string, others: string[]): string[][] {
  if (others.length > 0) return others.map((other) => row(result, ours, other))
  const [test = '', rps = '', , , , costs = ''] = row(result, ours, ours)
  return [[test, rps, '', '', '', costs.split(' : ')[0] ?? '', '']]
}

function row({ test, rounds }: TestRounds, ours: string, other: string): string[] {
  const of = (server: string) => rounds.filter((figures) => figures.server === server)
  const rps = (server: string) => wholeText(median(of(server).map((figures) => figures.rps)))
  const cpu = (server: string) =>
    median(of(server).map((figures) => figures.cpuPerRequestUs)).toFixed(2)
  const { throughput, cpu: cpuRatio } = compareRounds(rounds, ours, other)
  const costs = `${cpu(ours)} : ${cpu(other)}`
  return [test, rps(ours), other, rps(other), spreadText(throughput), costs, spreadText(cpuRatio)]
}

function spreadText({ median: middle, min, max }: Spread): string {
  return `${ratioText(middle)} (${ratioText(min)}..${ratioText(max)})`
}
