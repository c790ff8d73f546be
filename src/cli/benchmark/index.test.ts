// index.test.ts: the whole command against a tiny server, which this file becomes when it is
// started with a port: it knows PING, GET, SET, INFO, CONFIG GET, DBSIZE, FLUSHALL and STALL.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type LoadJob, ServerRefusal } from './load/job.ts'
import { startLoad, startLoadApart } from './load/load.ts'
import { parseServerCommand } from './servers/server-command.ts'
import { ServerProcess } from './servers/server-process.ts'
import type { EmbeddedRates } from './suite/embedded-process.ts'
import { Prober } from './suite/prober.ts'

const thisFile = fileURLToPath(import.meta.url)
const [, , portToServe] = process.argv
if (portToServe === undefined) await runTests()
else await tinyServer(Number(portToServe))

/** Listens on a port of 127.0.0.1; 0 takes any. */
function tinyServer(port: number): Promise<Server> {
  const values = new Map<string, string>()
  const server = createServer((socket) => {
    let unread = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      unread += chunk
      for (let taken = takeCommand(unread); taken !== undefined; taken = takeCommand(unread)) {
        unread = unread.slice(taken.length)
        socket.write(answer(values, taken.argv))
      }
    })
  })
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}

/** The first command of a text and its length; undefined while it is not whole. */
function takeCommand(text: string): { argv: string[]; length: number } | undefined {
  const line = /^([^\r]*)\r\n/.exec(text)
  if (line === null) return undefined
  if (!text.startsWith('*')) return { argv: line[1]!.split(' '), length: line[0].length }
  const argv: string[] = []
  let at = line[0].length
  for (let count = Number(line[1]!.slice(1)); count > 0; count--) {
    const head = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20))
    if (head === null) return undefined
    const begin = at + head[0].length
    argv.push(text.slice(begin, begin + Number(head[1])))
    at = begin + Number(head[1]) + 2
  }
  return at <= text.length ? { argv, length: at } : undefined
}

function answer(values: Map<string, string>, argv: string[]): string {
  const [command = '', key = '', value = ''] = argv
  const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`
  switch (command.toUpperCase()) {
    case 'PING':
      return '+PONG\r\n'
    case 'SET':
      values.set(key, value)
      return '+OK\r\n'
    case 'GET':
      return values.has(key) ? bulk(values.get(key)!) : '$-1\r\n'
    case 'FLUSHALL':
      values.clear()
      return '+OK\r\n'
    case 'DBSIZE':
      return `:${values.size}\r\n`
    case 'INFO':
      return bulk(`redis_version:9.9.9\r\nprocess_id:${process.pid}\r\n`)
    case 'CONFIG':
      return `*2\r\n${bulk(value)}${bulk('tiny')}`
    case 'STALL':
      sleepBusily(Number(key))
      return '+OK\r\n'
    default:
      return `-ERR unknown command '${command}'\r\n`
  }
}

function sleepBusily(ms: number): void {
  const endAt = performance.now() + ms
  while (performance.now() < endAt);
}

interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the command in a process of its own, as the shell does. */
function run(argv: string[], cwd = tmpdir()): Promise<Outcome> {
  const entry = new URL('./index.js', import.meta.url).href
  const script = `import { benchmark } from '${entry}'
    process.exitCode = await benchmark(process.argv.slice(1))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...argv], {
    cwd,
  })
  const outcome: Outcome = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (outcome.stdout += chunk))
  child.stderr.on('data', (chunk) => (outcome.stderr += chunk))
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...outcome, code })))
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function runTests(): Promise<void> {
  const server = await tinyServer(0)
  const port = portOf(server)
  const tiny = `'${process.execPath}' '${thisFile}' {port}`
  after(() => server.close())
  plainTests(String(port))
  refusedTests(String(port))
  loadTests(port)
  proberTests(tiny)
  comparisonTests(tiny)
  suiteTests(tiny)
}

function plainTests(port: string): void {
  const common = ['-p', port, '-c', '5', '-n', '200']

  test('-q prints a line for each test', async () => {
    const { code, stdout } = await run([...common, '-q', '-t', 'ping,set,get'])
    assert.equal(code, 0)
    const lines = stdout.split(/[\r\n]+/).filter((line) => line.includes('per second'))
    assert.equal(lines.length, 4)
    for (const line of lines) {
      assert.match(line, /^\w+: [\d.]+ requests per second, p50=\d+\.\d{3} msec$/)
    }
  })

  test('--csv prints a head and a row for each test', async () => {
    const { code, stdout } = await run([...common, '--csv', '-t', 'set,get', '-P', '7'])
    assert.equal(code, 0)
    const [head = '', ...rows] = stdout.trim().split('\n')
    assert.match(head, /^"test","rps","avg_latency_ms",/)
    assert.equal(rows.length, 2)
    for (const row of rows) assert.match(row, /^"(SET|GET)"(,"[\d.]+"){7}$/)
  })

  test('without either it prints the load, the distribution and a summary', async () => {
    const { code, stdout } = await run([...common, '-t', 'get', '-d', '10'])
    assert.equal(code, 0)
    assert.match(stdout, /====== GET ======\n {2}200 requests completed in [\d.]+ seconds\n/)
    assert.match(stdout, / {2}10 bytes payload\n {2}keep alive: 1\n/)
    assert.match(stdout, / {2}host configuration "save": tiny\n/)
    assert.match(stdout, /100\.000% <= [\d.]+ milliseconds \(cumulative count 200\)\n/)
    assert.match(stdout, /avg +min +p50 +p95 +p99 +max\n( +\d+\.\d{3}){6}\n/)
  })
}

function refusedTests(port: string): void {
  const common = ['-p', port, '-c', '5', '-n', '200']

  test('tests that the server cannot do are skipped with a line', async () => {
    const { code, stdout } = await run([...common, '-q', '-t', 'lpush,get'])
    assert.equal(code, 0)
    assert.match(stdout, /LPUSH: skipped, the server has no such command\n/)
    assert.match(stdout, /GET: [\d.]+ requests/)
  })

  test('a command that the server refuses ends the run', async () => {
    const { code, stderr } = await run([...common, 'NOPE', 'x'])
    assert.equal(code, 1)
    assert.equal(stderr, "Error from server: ERR unknown command 'NOPE'\n")
  })

  test('without a server it says so', async () => {
    const { code, stderr } = await run(['-p', '1', '-t', 'get'])
    assert.equal(code, 1)
    assert.equal(stderr, 'Could not connect to Redis at 127.0.0.1:1: Connection refused\n')
  })

  test('a wrong flag prints the usage and ends with 1', async () => {
    const { code, stdout, stderr } = await run(['--nope'])
    assert.equal(code, 1)
    assert.match(stderr, /^Invalid option "--nope"/)
    assert.match(stdout, /Usage: rubellite benchmark/)
  })
}

function loadTests(port: number): void {
  const job: LoadJob = {
    target: { host: '127.0.0.1', port },
    prologue: [['PING']],
    request: ['SET', 'key:__rand_int__', 'x'],
    requests: 300,
    connections: 7,
    pipeline: 3,
    keepAlive: true,
    keyspace: 100,
    order: 'random',
    seed: 1,
    precision: 3,
  }

  test('each request is answered and counted once', async () => {
    for (const shape of [{}, { keepAlive: false }, { pipeline: 1, connections: 1 }]) {
      const { requests, seconds, latencies } = await startLoad({ ...job, ...shape }).result
      assert.equal(requests, 300)
      assert.equal(latencies.total, 300)
      assert.ok(seconds > 0)
    }
  })

  test('several processes share a load', async () => {
    const { requests, latencies } = await startLoad({ ...job, pipeline: 1 }, 2).result
    assert.equal(requests, 300)
    assert.equal(latencies.total, 300)
  })

  test('an error reply ends a load, also in another process', async () => {
    const wrong = { ...job, request: ['NOPE'] }
    const isUnknown = (error: unknown) => error instanceof ServerRefusal && error.isUnknownCommand
    await assert.rejects(startLoad(wrong).result, isUnknown)
    await assert.rejects(startLoadApart(wrong).result, isUnknown)
  })

  test('a connection that cannot be made ends a load', async () => {
    const nowhere = { ...job, target: { host: '127.0.0.1', port: 1 } }
    await assert.rejects(startLoad(nowhere).result, { name: 'LoadFailure' })
  })
}

function proberTests(tiny: string): void {
  test('a prober sees how long the server served nobody', async () => {
    const server = await ServerProcess.start(parseServerCommand(tiny))
    const prober = new Prober(server.target)
    try {
      await prober.during(server.call('PING'))
      prober.restart()
      await server.call('STALL', '80')
      const { longest } = prober.result()
      assert.ok(longest > 60, `${longest} ms`)
    } finally {
      prober.stop()
      await server.stop()
    }
  })
}

function comparisonTests(tiny: string): void {
  const small = ['-n', '300', '-c', '3', '-r', '50', '--rounds', '3', '--driver', 'own']

  test('--against compares two servers that it starts and stops', async () => {
    const servers = ['--server', `one=${tiny}`, '--against', `two=${tiny}`]
    const { code, stdout, stderr } = await run([
      ...servers,
      ...small,
      '-t',
      'get,lpush',
      '--json',
      '-',
    ])
    assert.equal(code, 0, stderr)
    const record = JSON.parse(stdout)
    assert.deepEqual(
      record.servers.map(({ name, version }: Record<string, string>) => `${name} ${version}`),
      ['one 9.9.9', 'two 9.9.9'],
    )
    const [get, lpush] = record.results
    assert.deepEqual(
      get.rounds.map(({ server }: { server: string }) => server),
      ['one', 'two', 'two', 'one', 'one', 'two'],
    )
    assert.ok(
      get.rounds.every(({ requests, rps }: Record<string, number>) => requests === 300 && rps! > 0),
    )
    assert.equal(lpush.skipped, 'one lacks the command')
    assert.match(stderr, /^GET +[\d,]+ +two +[\d,]+ +[\d.]+ \([\d.]+\.\.[\d.]+\)/m)
    assert.ok(!stdout.includes(tmpdir()), 'a record names no folders')
  })

  test('a server that does not start is reported with what it printed', async () => {
    const broken = `'${process.execPath}' -e 'console.log("no luck"); process.exit(3)' {port}`
    const { code, stderr } = await run(['--server', `one=${broken}`, '--against', `two=${tiny}`])
    assert.equal(code, 1)
    assert.equal(stderr, 'one ended before it answered.\nno luck\n')
  })
}

function suiteTests(tiny: string): void {
  test('a suite is saved under its date and name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rubellite-suite-'))
    try {
      const servers = ['--server', `one=${tiny}`, '--against', `two=${tiny}`]
      const part = ['--suite', 'foundation', '--only', 'start,memory/keys', '--scale', '0.0005']
      const { code, stdout, stderr } = await run([...servers, ...part, '--save-results'], folder)
      assert.equal(code, 0, stderr)
      assert.match(stdout, /^start time +ms +[\d.]+ +[\d.]+ +[\d.]+ +150 +60 /m)
      const [file = ''] = readdirSync(join(folder, 'bench', 'results'))
      assert.match(file, /^\d{4}-\d\d-\d\d-foundation\.json$/)
      const record = JSON.parse(readFileSync(join(folder, 'bench', 'results', file), 'utf8'))
      assert.equal(record.results.rows.length, 2)
      assert.ok(existsSync(folder))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('the embedded run counts the calls of a package', async () => {
    const entry = fileURLToPath(new URL('./suite/embedded-process.js', import.meta.url))
    const call = () => 'some value'
    const engine = '{ effects: { open: () => ({ take() {} }) } }'
    const open = `async () => ({ call: ${call}, callBytes: ${call}, engine: ${engine} })`
    const source = `export const Rubellite = { open: ${open} }`
    const url = `data:text/javascript,${encodeURIComponent(source)}`
    const child = spawn(process.execPath, [entry, url, '2', '0.02'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const rates = await new Promise<EmbeddedRates>((resolve, reject) => {
      child.once('message', (message) => resolve(message as EmbeddedRates))
      child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
    })
    assert.equal(rates.get.length, 2)
    assert.equal(rates.expiring.length, 2)
    assert.equal(rates.restore.length, 2)
    assert.equal(rates.effects.length, 2)
    assert.ok(rates.set.every((rate) => rate > 1000))
  })
}
