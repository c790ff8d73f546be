// servers.ts: starts a server on a free port, waits until it answers, and stops it by its own
// process id, whatever becomes of the test.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Reference, redis8 } from './references.ts'
import { root } from './root.ts'
import { Wire } from './wire.ts'

const readyMs = 10_000
const goneMs = 5_000

export interface TestServer {
  port: number
  pid: number
  /** The server's own empty folder, removed when it stops. */
  folder: string
  /** What it has printed so far. */
  log(): string
  /** A new connection, closed by the caller or with the server. */
  connect(): Promise<Wire>
  /** True until the process has ended. */
  isAlive(): boolean
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts Rubellite's own server as a user would, with directives as on its command line.
 * @param directives e.g. `['--maxclients', '50']`; the port is chosen here.
 */
export function startRubellite(directives: string[] = []): Promise<TestServer> {
  return start(process.execPath, [join(root, 'bin', 'rubellite'), 'server'], directives)
}

/** Starts redis-server 8.2.3 (or the reference given) with persistence off. */
export function startReference(directives: string[] = [], reference?: Reference) {
  const chosen = reference ?? redis8
  if (chosen === undefined) throw new Error('the reference server is not installed')
  return start(chosen.path, [], ['--save', '', '--appendonly', 'no', ...directives])
}

async function start(command: string, first: string[], directives: string[]): Promise<TestServer> {
  // A port that was free a moment ago may be taken by the time the server binds it: try again.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'rubellite-test-'))
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
    const child = spawn(command, [...first, ...place, ...directives], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const server = new RunningServer(child, port, folder)
    const failure = await server.ready()
    if (failure === undefined) return server
    await server.stop()
    if (attempt === 3 || !/in use/i.test(server.log())) throw new Error(failure)
  }
}

/** Asks the system for a port nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

// Servers that still run when the test process ends, by a failure or by Ctrl-C.
const running = new Set<RunningServer>()
process.once('exit', () => {
  for (const server of running) server.kill()
})

class RunningServer implements TestServer {
  readonly pid: number
  readonly port: number
  readonly folder: string
  private readonly child: ChildProcess
  private output = ''
  private ended = false
  private readonly end: Promise<void>
  private readonly wires = new Set<Wire>()

  constructor(child: ChildProcess, port: number, folder: string) {
    this.child = child
    this.pid = child.pid ?? 0
    this.port = port
    this.folder = folder
    running.add(this)
    child.stdout?.on('data', (chunk) => (this.output += chunk))
    child.stderr?.on('data', (chunk) => (this.output += chunk))
    this.end = new Promise((resolve) => {
      const finish = () => {
        this.ended = true
        running.delete(this)
        resolve()
      }
      child.once('exit', finish)
      child.once('error', (error) => {
        this.output += String(error)
        finish()
      })
    })
  }

  log(): string {
    return this.output
  }

  isAlive(): boolean {
    return !this.ended
  }

  async connect(): Promise<Wire> {
    const wire = await Wire.open(this.port)
    this.wires.add(wire)
    wire.closed.then(() => this.wires.delete(wire))
    return wire
  }

  /** Waits for the first answer; returns why it never came, or undefined when it did. */
  async ready(): Promise<string | undefined> {
    const deadline = Date.now() + readyMs
    while (Date.now() < deadline) {
      if (this.ended) return `the server ended at once:\n${this.output}`
      try {
        const wire = await Wire.open(this.port)
        await wire.call('PING')
        wire.close()
        return undefined
      } catch {
        await sleep(10)
      }
    }
    return `no answer within ${readyMs} ms:\n${this.output}`
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    for (const wire of this.wires) wire.close()
    if (!this.ended) this.child.kill('SIGTERM')
    await Promise.race([this.end, sleep(goneMs, undefined, { ref: false })])
    if (!this.ended) this.kill()
    await this.end
    rmSync(this.folder, { recursive: true, force: true })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}
