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
  /** Ends it, if it has not ended by itself, and starts it again, on another port. */
  restart(): Promise<void>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts Rubellite's own server as a user would, with directives as on its command line.
 * @param directives e.g. `['--maxclients', '50']`; the port is chosen here.
 * @param program path of the program
 */
export function startRubellite(
  directives: string[] = [],
  program = join(root, 'bin', 'rubellite'),
): Promise<TestServer> {
  return start(process.execPath, [program, 'server'], directives)
}

/** Starts redis-server 8.2.3 (or the reference given) with persistence off. */
export function startReference(directives: string[] = [], reference?: Reference) {
  const chosen = reference ?? redis8
  if (chosen === undefined) throw new Error('the reference server is not installed')
  return start(chosen.path, [], ['--save', '', '--appendonly', 'no', ...directives])
}

async function start(command: string, first: string[], directives: string[]): Promise<TestServer> {
  const server = new RunningServer(command, first, directives)
  await server.start()
  return server
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
  port = 0
  folder = ''
  private readonly command: string
  private readonly first: string[]
  private readonly directives: string[]
  private child: ChildProcess | undefined
  private output = ''
  private end: Promise<void> = Promise.resolve()
  private readonly wires = new Set<Wire>()

  constructor(command: string, first: string[], directives: string[]) {
    this.command = command
    this.first = first
    this.directives = directives
  }

  get pid(): number {
    return this.child?.pid ?? 0
  }

  /** @throws Error with the server's own words when it does not come up. */
  async start(): Promise<void> {
    // A port that was free a moment ago may be taken when the server binds it: try again.
    for (let attempt = 1; ; attempt++) {
      await this.launch()
      const failure = await this.ready()
      if (failure === undefined) return
      await this.stop()
      if (attempt === 3 || !/in use/i.test(this.output)) throw new Error(failure)
    }
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  log(): string {
    return this.output
  }

  isAlive(): boolean {
    return this.child !== undefined
  }

  async connect(): Promise<Wire> {
    const wire = await Wire.open(this.port)
    this.wires.add(wire)
    wire.closed.then(() => this.wires.delete(wire))
    return wire
  }

  kill(): void {
    this.child?.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    for (const wire of this.wires) wire.close()
    this.child?.kill('SIGTERM')
    await Promise.race([this.end, sleep(goneMs, undefined, { ref: false })])
    this.kill()
    await this.end
    if (this.folder !== '') rmSync(this.folder, { recursive: true, force: true })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  private async launch(): Promise<void> {
    this.port = await freePort()
    this.folder = mkdtempSync(join(tmpdir(), 'rubellite-test-'))
    this.output = ''
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder]
    const child = spawn(this.command, [...this.first, ...place, ...this.directives], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    running.add(this)
    child.stdout.on('data', (chunk) => (this.output += chunk))
    child.stderr.on('data', (chunk) => (this.output += chunk))
    child.once('error', (error) => (this.output += String(error)))
    this.end = new Promise((resolve) => {
      child.once('close', () => {
        this.child = undefined
        running.delete(this)
        resolve()
      })
    })
  }

  /** Waits for the first answer; returns why it never came, or undefined when it did. */
  private async ready(): Promise<string | undefined> {
    const deadline = Date.now() + readyMs
    while (Date.now() < deadline) {
      if (this.child === undefined) return `the server ended at once:\n${this.output}`
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
}
