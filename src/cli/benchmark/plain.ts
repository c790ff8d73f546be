// plain.ts: an ordinary run: one server that is already there, the list of tests or one command.
import { readFileSync } from 'node:fs'
import { Link } from '../../node/net/link.ts'
import { LinkError } from '../../node/net/link-socket.ts'
import { LoadConnection } from './load/connection.ts'
import { chooseDriver, type LoadDriver, prologueOf } from './load/driver.ts'
import { type LoadTarget, ServerRefusal } from './load/job.ts'
import { firstLine, itemTexts } from './load/replies.ts'
import type { BenchmarkOptions } from './options.ts'
import { PlainReport, type ServerConfig } from './report/plain.ts'
import { type BenchmarkTest, commandTest, randomValue, selectTests } from './tests.ts'

const PROGRESS_MS = 250

/** Runs the tests and prints their results. @returns the exit code. */
export async function runPlain(options: BenchmarkOptions): Promise<number> {
  const target: LoadTarget =
    options.socket === undefined
      ? { host: options.host, port: options.port }
      : { path: options.socket }
  if (!options.keepAlive) {
    process.stderr.write(
      'WARNING: each pipeline makes a new connection: the system may run out of ports.\n',
    )
  }
  const config = await readConfig(options)
  if (options.isIdle) return idle(options, target)
  const driver = chooseDriver(options.driver, false)
  if (driver.name !== 'own') process.stderr.write(`Load by ${driver.name}\n`)
  const write = (text: string) => void process.stdout.write(text)
  const run = new PlainRun(options, target, driver, new PlainReport(options, config, write))
  await run.all()
  return 0
}

class PlainRun {
  readonly #options: BenchmarkOptions
  readonly #target: LoadTarget
  readonly #driver: LoadDriver
  readonly #report: PlainReport

  constructor(
    options: BenchmarkOptions,
    target: LoadTarget,
    driver: LoadDriver,
    report: PlainReport,
  ) {
    this.#options = options
    this.#target = target
    this.#driver = driver
    this.#report = report
  }

  async all(): Promise<void> {
    this.#report.begin()
    const { command, tests, isLoop, readsStdin, dataSize } = this.#options
    const argv = readsStdin ? [...command, readFileSync(0, 'utf8')] : command
    const isCommand = command.length > 0
    const list = isCommand ? [commandTest(argv, dataSize)] : selectTests(tests)
    do {
      for (const test of list) await this.#one(test, isCommand)
      if (!isCommand) this.#report.end()
    } while (isLoop)
  }

  async #one(test: BenchmarkTest, isCommand: boolean): Promise<void> {
    const title = isCommand ? this.#options.command.join(' ') : test.title
    this.#report.beginTest()
    const startedAt = performance.now()
    const running = this.#driver.start({ target: this.#target, test, shape: this.#options })
    const timer = setInterval(() => {
      const progress = running.progress()
      const seconds = (performance.now() - startedAt) / 1000
      if (progress !== undefined) this.#report.progress(title, progress, seconds)
    }, PROGRESS_MS)
    try {
      this.#report.result(title, await running.result, this.#payload(test, isCommand))
    } catch (error) {
      if (isCommand || !(error instanceof ServerRefusal && error.isUnknownCommand)) throw error
      this.#report.skipped(title, 'the server has no such command')
    } finally {
      clearInterval(timer)
    }
  }

  // redis-benchmark calls the whole request of a user's command its payload.
  #payload(test: BenchmarkTest, isCommand: boolean): number {
    const { dataSize } = this.#options
    const request = test.request(randomValue(dataSize), false)
    if (!isCommand || 'inline' in request) return dataSize
    const sizes = request.map((argument) => Buffer.byteLength(argument))
    const head = `*${request.length}\r\n`.length
    return sizes.reduce((sum, size) => sum + size + String(size).length + 5, head)
  }
}

/** Asks for `save` and `appendonly`, and thereby whether there is a server at all. */
async function readConfig(options: BenchmarkOptions): Promise<ServerConfig | undefined> {
  const { host, port, socket: path } = options
  const link = await connect(path === undefined ? { host, port } : { host, port, path })
  try {
    for (const argv of prologueOf(options).slice(0, 1)) {
      const reply = await link.call(argv)
      if (reply.type === 'error') throw new ServerRefusal(firstLine(reply))
    }
    const save = await link.call(['CONFIG', 'GET', 'save'])
    if (save.type === 'error' && firstLine(save).startsWith('NOAUTH')) {
      throw new ServerRefusal(firstLine(save))
    }
    const appendonly = await link.call(['CONFIG', 'GET', 'appendonly'])
    const values = { save: itemTexts(save)[1], appendonly: itemTexts(appendonly)[1] }
    if (values.save !== undefined && values.appendonly !== undefined) {
      return { save: values.save, appendonly: values.appendonly }
    }
    process.stderr.write('WARNING: Could not fetch server CONFIG\n')
    return undefined
  } finally {
    link.close()
  }
}

async function connect(target: { host: string; port: number; path?: string }): Promise<Link> {
  try {
    return await Link.connect(target)
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    const place = target.path ?? `${target.host}:${target.port}`
    throw new Error(`Could not connect to Redis at ${place}: ${error.message}`)
  }
}

/** Opens connections and waits until one of them fails. */
function idle(options: BenchmarkOptions, target: LoadTarget): Promise<number> {
  const { clients } = options
  process.stdout.write(`Creating ${clients} idle connections and waiting (Ctrl+C to end)\n`)
  let open = 0
  return new Promise((_, reject) => {
    const failed = (reason: string) => reject(new Error(`Error: ${reason}`))
    const ready = () => void process.stdout.write(`clients: ${++open}\r`)
    const ignored = () => {}
    const events = { ready, failed, refused: failed, replies: ignored, done: ignored }
    const prologue = prologueOf(options)
    for (let count = 0; count < clients; count++) new LoadConnection(target, prologue, events)
  })
}
