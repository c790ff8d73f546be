// plain.ts: the results of ordinary runs in redis-benchmark's formats, which scripts parse.
//
// A line of progress ends with a carriage return and is wiped before the result is printed, as
// redis-benchmark does also when its output is no terminal.
import type { Measurement } from '../load/driver.ts'
import type { LoadProgress } from '../load/job.ts'
import type { BenchmarkOptions } from '../options.ts'

const CSV_HEAD = [
  'test',
  'rps',
  'avg_latency_ms',
  'min_latency_ms',
  'p50_latency_ms',
  'p95_latency_ms',
  'p99_latency_ms',
  'max_latency_ms',
]

/** What the server says about its persistence; undefined when it does not tell. */
export interface ServerConfig {
  save: string
  appendonly: string
}

export class PlainReport {
  readonly #options: BenchmarkOptions
  readonly #config: ServerConfig | undefined
  readonly #write: (text: string) => void
  #printed = 0
  #previous = { at: 0, finished: 0 }

  constructor(
    options: BenchmarkOptions,
    config: ServerConfig | undefined,
    write: (text: string) => void,
  ) {
    this.#options = options
    this.#config = config
    this.#write = write
  }

  begin(): void {
    if (this.#options.isCsv) this.#write(`${quoted(CSV_HEAD)}\n`)
  }

  /** A new test starts; `seconds` in later progress count from now. */
  beginTest(): void {
    this.#printed = 0
    this.#previous = { at: 0, finished: 0 }
  }

  /** Shows how a test is going. */
  progress(title: string, { finished, recentMean, mean }: LoadProgress, seconds: number): void {
    if (this.#options.isCsv) return
    const recent = (finished - this.#previous.finished) / (seconds - this.#previous.at)
    this.#previous = { at: seconds, finished }
    const rates = `rps=${recent.toFixed(1)} (overall: ${(finished / seconds).toFixed(1)})`
    const means = `avg_msec=${milliseconds(recentMean)} (overall: ${milliseconds(mean)})`
    const line = `${title}: ${rates} ${means}\r`
    this.#write(`${this.#wipe()}${line}`)
    this.#printed = line.length
  }

  result(title: string, measurement: Measurement, dataSize: number): void {
    if (this.#options.isCsv) this.#write(csvLine(title, measurement))
    else if (this.#options.isQuiet) this.#write(this.#wipe() + quietLine(title, measurement))
    else this.#write(this.#wipe() + this.#full(title, measurement, dataSize))
  }

  /** A test that the server cannot do. */
  skipped(title: string, reason: string): void {
    const line = `${title}: skipped, ${reason}\n`
    if (this.#options.isCsv) process.stderr.write(line)
    else this.#write(`${this.#wipe()}${line}`)
  }

  /** Ends a pass over the list of tests. */
  end(): void {
    if (!this.#options.isCsv) this.#write('\n')
  }

  #wipe(): string {
    return `${' '.repeat(Math.max(1, this.#printed))}\r`
  }

  #full(title: string, measurement: Measurement, dataSize: number): string {
    const { requests, seconds, histogram } = measurement
    const { clients, keepAlive, threads } = this.#options
    const lines = [
      `====== ${title} ======`,
      `  ${requests} requests completed in ${seconds.toFixed(2)} seconds`,
      `  ${clients} parallel clients`,
      `  ${dataSize} bytes payload`,
      `  keep alive: ${keepAlive ? 1 : 0}`,
    ]
    if (this.#config !== undefined) {
      lines.push(`  host configuration "save": ${this.#config.save}`)
      lines.push(`  host configuration "appendonly": ${this.#config.appendonly}`)
    }
    lines.push(`  multi-thread: ${threads > 0 ? 'yes' : 'no'}`)
    if (threads > 0) lines.push(`  threads: ${threads}`)
    lines.push('')
    if (histogram !== undefined) {
      lines.push('Latency by percentile distribution:', ...stepLines(histogram.percentileSteps()))
      lines.push('', 'Cumulative distribution of latencies:')
      lines.push(...stepLines(histogram.linearSteps()), '')
    }
    return [...lines, ...summaryLines(measurement), ''].join('\n')
  }
}

function stepLines(steps: { share: number; value: number; cumulative: number }[]): string[] {
  return steps.map(
    ({ share, value, cumulative }) =>
      `${share.toFixed(3)}% <= ${milliseconds(value)} milliseconds ` +
      `(cumulative count ${cumulative})`,
  )
}

function summaryLines({ rps, latencies }: Measurement): string[] {
  const { avg, min, p50, p95, p99, max } = latencies
  const cells = (words: string[]) => `    ${words.map((word) => word.padStart(9)).join(' ')}`
  return [
    'Summary:',
    `  throughput summary: ${rps.toFixed(2)} requests per second`,
    '  latency summary (msec):',
    cells(['avg', 'min', 'p50', 'p95', 'p99', 'max']),
    cells([avg, min, p50, p95, p99, max].map((figure) => figure.toFixed(3))),
  ]
}

function quietLine(title: string, { rps, latencies }: Measurement): string {
  return `${title}: ${rps.toFixed(2)} requests per second, p50=${latencies.p50.toFixed(3)} msec\n`
}

function csvLine(title: string, { rps, latencies }: Measurement): string {
  const { avg, min, p50, p95, p99, max } = latencies
  const figures = [avg, min, p50, p95, p99, max].map((figure) => figure.toFixed(3))
  return `${quoted([title, rps.toFixed(2), ...figures])}\n`
}

function quoted(cells: string[]): string {
  return cells.map((cell) => `"${cell}"`).join(',')
}

function milliseconds(us: number): string {
  return Number.isNaN(us) ? 'nan' : (us / 1000).toFixed(3)
}
