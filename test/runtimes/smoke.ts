// smoke.ts: what has to work on every runtime. It is run by the runtime that is tried, without a
// test runner, since not each of them has Node's; one part for each run, by hand as
// `node dist/test/runtimes/smoke.js start`.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { Rubellite } from 'rubellite'
import { ioredisOptions, nodeRedisSocket } from '../clients/streams.ts'
import { root } from '../support/root.ts'
import { freePort } from '../support/servers.ts'
import { Wire } from '../support/wire.ts'

/** What comes first when this runtime is started again. */
const itself = process.versions['deno'] === undefined ? process.execArgv : ['run', '-A']

const parts: Record<string, () => Promise<void>> = {
  start: () => starts([], '127.0.0.1'),
  families: servesFamilies,
  port: movesToAnotherPort,
  signals: endsBySigusr1,
  embed: embeds,
  client: servesClients,
  package: resolvesBothWays,
}

interface Server {
  port: number
  log(): string
  kill(signal: NodeJS.Signals): Promise<number | null>
}

/** Runs the server by the runtime that runs this. */
async function serve(directives: string[], host: string): Promise<Server> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'rubellite-smoke-'))
  const program = [join(root, 'bin', 'rubellite'), 'server', '--port', String(port)]
  const args = [...itself, ...program, '--dir', folder, ...directives]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const out of [child.stdout, child.stderr]) out.on('data', (chunk) => (log += chunk))
  const end = once(child, 'close')
  process.once('exit', () => child.kill('SIGKILL'))
  await untilItAnswers(host, port, () => log)
  return {
    port,
    log: () => log,
    async kill(signal) {
      // Deno's `child.kill` forgets the exit code.
      process.kill(child.pid ?? 0, signal)
      const [code] = await end
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

async function untilItAnswers(host: string, port: number, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (await answers(host, port)) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`no answer:\n${log()}`)
}

async function answers(host: string, port: number): Promise<boolean> {
  try {
    const wire = await Wire.open(port, host)
    const reply = await Promise.race([wire.call('PING'), wire.closed])
    wire.close()
    return reply !== undefined
  } catch {
    return false
  }
}

async function starts(directives: string[], host: string): Promise<void> {
  const server = await serve(directives, host)
  const redis = new Redis({ host, port: server.port })
  assert.equal(await redis.ping(), 'PONG')
  assert.equal(await redis.set('k', 'v'), 'OK')
  assert.equal(await redis.get('k'), 'v')
  assert.match(
    String(await redis.client('LIST')),
    host === '::1' ? /addr=\[::1\]:/ : / addr=127\.0/,
  )
  redis.disconnect()
  assert.equal(await server.kill('SIGTERM'), 0, server.log())
}

/** By default both families are served; each of them alone where it alone is asked for. */
async function servesFamilies(): Promise<void> {
  await starts([], '127.0.0.1')
  if (!hasIpv6()) return
  await starts([], '::1')
  const server = await serve(['--bind', '::*'], '::1')
  assert.equal(await answers('127.0.0.1', server.port), false)
  assert.equal(await server.kill('SIGTERM'), 0, server.log())
}

function hasIpv6(): boolean {
  const addresses = Object.values(networkInterfaces()).flat()
  return addresses.some((found) => found?.address === '::1')
}

async function movesToAnotherPort(): Promise<void> {
  const server = await serve([], '127.0.0.1')
  const port = await freePort()
  const redis = new Redis({ port: server.port })
  assert.equal(await redis.config('SET', 'port', port), 'OK')
  redis.disconnect()
  await untilItAnswers('127.0.0.1', port, server.log)
  assert.equal(await server.kill('SIGTERM'), 0, server.log())
}

/** The runtimes' own answer to this signal is a debugger's port. */
async function endsBySigusr1(): Promise<void> {
  const server = await serve([], '127.0.0.1')
  assert.equal(await server.kill('SIGUSR1'), 128 + constants.signals.SIGUSR1)
  assert.doesNotMatch(server.log(), /debugger|inspect/i)
}

async function embeds(): Promise<void> {
  const db = await Rubellite.open({ clock: 'manual', seed: 42 })
  assert.equal(db.call('SET', 'k', 'v', 'EX', 3600), 'OK')
  db.clock.advance('59m')
  assert.equal(db.call('GET', 'k'), 'v')
  db.clock.advance('1m')
  assert.equal(db.call('GET', 'k'), null)
  const waiting = db.blocking('BLPOP', 'list', 0)
  db.call('RPUSH', 'list', 'element')
  assert.deepEqual(await waiting, ['list', 'element'])
  const messages = db.subscribe('channel')
  db.call('PUBLISH', 'channel', 'news')
  for await (const { message } of messages) {
    assert.equal(message, 'news')
    break
  }
  await db.close()
}

async function servesClients(): Promise<void> {
  const server = await serve([], '127.0.0.1')
  const db = await Rubellite.open()
  await worksWithIoredis(new Redis({ port: server.port, lazyConnect: true }))
  await worksWithNodeRedis(createClient({ socket: { port: server.port } }))
  await worksWithIoredis(new Redis({ ...ioredisOptions(db), lazyConnect: true }))
  await worksWithNodeRedis(createClient({ socket: nodeRedisSocket(db) as object }))
  await db.close()
  assert.equal(await server.kill('SIGTERM'), 0, server.log())
}

async function worksWithIoredis(redis: Redis): Promise<void> {
  await redis.connect()
  assert.equal(await redis.set('from', 'ioredis'), 'OK')
  assert.equal(await redis.get('from'), 'ioredis')
  assert.deepEqual(await redis.pipeline().incr('n').del('n').exec(), [
    [null, 1],
    [null, 1],
  ])
  redis.disconnect()
}

async function worksWithNodeRedis(client: ReturnType<typeof createClient>): Promise<void> {
  await client.connect()
  assert.equal(await client.set('from', 'node-redis'), 'OK')
  assert.equal(await client.get('from'), 'node-redis')
  assert.deepEqual(await client.multi().incr('n').del('n').exec(), [1, 1])
  client.destroy()
}

/** The folder it runs in has the package in its node_modules. */
async function resolvesBothWays(): Promise<void> {
  const required = createRequire(join(process.cwd(), 'index.js'))
  const library: { Rubellite: typeof Rubellite } = required('rubellite')
  const db = await library.Rubellite.open()
  assert.equal(db.call('ECHO', 'required'), 'required')
  await db.close()
  assert.equal(typeof required('rubellite/module').defineModule, 'function')
  const program = `import { Rubellite } from 'rubellite'
    import { defineModule } from 'rubellite/module'
    const db = await Rubellite.open()
    console.log(db.call('ECHO', 'imported'), typeof defineModule)
    await db.close()`
  writeFileSync('consumer.mjs', program)
  const args = [...itself, 'consumer.mjs']
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  assert.equal(stdout, 'imported function\n', stderr)
}

const part = parts[process.argv[2] ?? '']
if (part === undefined) throw new Error(`parts: ${Object.keys(parts).join(' ')}`)
await part()
console.log('passed')
process.exit(0)
