// index.ts: `rubellite benchmark`: redis-benchmark's command line, comparisons and suites.
import { endWithReader } from '../shell/format/output.ts'
import { runComparison } from './compare.ts'
import { LoadFailure, ServerRefusal } from './load/job.ts'
import { OptionError } from './option-values.ts'
import { type BenchmarkOptions, parseOptions } from './options.ts'
import { runPlain } from './plain.ts'
import { packageVersion } from './report/record.ts'

/**
 * Runs the benchmark that the arguments ask for; results go to standard output, progress and
 * complaints to standard error.
 *
 * @param argv the arguments behind `rubellite benchmark`.
 * @returns the exit code: 0, or 1 for a wrong command line, a server that cannot be measured, and
 *   with `--assert` a figure that misses what it must reach.
 */
export async function benchmark(argv: string[]): Promise<number> {
  try {
    const options = parseOptions(argv)
    for (const warning of options.warnings) process.stderr.write(`${warning}\n`)
    endWithReader()
    return await run(options, argv)
  } catch (error) {
    return complain(error)
  }
}

async function run(options: BenchmarkOptions, argv: string[]): Promise<number> {
  if (options.shows === 'help') {
    process.stdout.write((await import('./help.ts')).helpText)
    return 0
  }
  if (options.shows === 'version') {
    process.stdout.write(`rubellite benchmark ${packageVersion()}\n`)
    return 0
  }
  if (options.suite !== undefined) {
    const { runSuite } = await import('./suite/index.ts')
    return runSuite(options, argv)
  }
  if (options.against.length > 0 || options.server !== undefined) {
    return runComparison(options, argv)
  }
  return runPlain(options)
}

async function complain(error: unknown): Promise<number> {
  if (error instanceof OptionError) {
    process.stderr.write(`${error.message}\n`)
    if (error.showsUsage) process.stdout.write(`\n${(await import('./help.ts')).helpText}`)
  } else if (error instanceof LoadFailure) {
    process.stderr.write(`Error: ${error.message}\n`)
  } else if (error instanceof ServerRefusal || error instanceof Error) {
    process.stderr.write(`${error.message}\n`)
  }
  return 1
}
