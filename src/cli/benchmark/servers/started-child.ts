// started-child.ts: the process of a server that the benchmark has started, from its start on.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Link } from '../../../node/net/link.ts'
import { firstLine, infoNumber } from '../load/replies.ts'
import { descendsFrom } from '../report/process-figures.ts'
import { signalChild, track } from './children.ts'
import { commandWithPort, type ServerCommand } from './server-command.ts'

const READY_MS = 20_000
const GONE_MS = 5_000
const POLL_MS = 5
const LOG_BYTES = 4096

/** The server did not start, or ended while it was measured. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
}

export class StartedChild {
  readonly port: number
  serverPid: number
  readonly untimelyEnd: Promise<never>
  readonly #command: ServerCommand
  readonly #child: ChildProcess
  readonly #end: Promise<void>
  #log = ''
  #hasEnded = false
  #isStopping = false

  constructor(command: ServerCommand, port: number) {
    this.port = port
    this.#command = command
    const [program = '', ...argv] = commandWithPort(command, port)
    // An empty folder: redis-server loads a dump it finds where it is started.
    const cwd = mkdtempSync(join(tmpdir(), 'rubellite-benchmark-'))
    this.#child = spawn(program, argv, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    this.serverPid = this.#child.pid ?? 0
    track(this.#child, { leadsGroup: true, folder: cwd })
    const keep = (chunk: Buffer) => (this.#log = `${this.#log}${chunk}`.slice(-LOG_BYTES))
    this.#child.stdout?.on('data', keep)
    this.#child.stderr?.on('data', keep)
    this.#child.once('error', (error) => keep(Buffer.from(`${error.message}\n`)))
    this.#end = new Promise((resolve) => {
      this.#child.once('error', () => resolve())
      this.#child.once('close', () => resolve())
    })
    this.untimelyEnd = this.#end.then(() => {
      this.#hasEnded = true
      // Ours was the order to end: then nobody is waiting for this promise any more.
      return this.#isStopping
        ? new Promise<never>(() => {})
        : Promise.reject(this.#failure('ended'))
    })
    this.untimelyEnd.catch(() => {})
  }

  /** A connection on which PING was answered; tries every `pollMs` milliseconds. */
  async firstAnswer(pollMs = POLL_MS): Promise<Link> {
    const deadline = performance.now() + READY_MS
    while (performance.now() < deadline) {
      if (this.#hasEnded) throw this.#failure('ended before it answered')
      const link = await Link.connect({ host: '127.0.0.1', port: this.port }).catch(() => undefined)
      const reply = await link?.call(['PING']).catch(() => undefined)
      if (link !== undefined && reply !== undefined && firstLine(reply) === 'PONG') return link
      link?.close()
      await sleep(pollMs)
    }
    throw this.#failure(`did not answer within ${READY_MS / 1000} s`)
  }

  /** Takes the server's own process id from INFO, when a wrapper has started it. */
  findServer(info: string): void {
    const pid = infoNumber(info, 'process_id')
    if (pid > 0 && descendsFrom(pid, this.serverPid)) this.serverPid = pid
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    signalChild(this.#child, 'SIGTERM')
    const patience = new AbortController()
    const late = sleep(GONE_MS, undefined, { signal: patience.signal }).then(
      () => signalChild(this.#child, 'SIGKILL'),
      () => {},
    )
    await Promise.race([this.#end, late])
    patience.abort()
    await this.#end
  }

  #failure(what: string): ServerError {
    const said = this.#log.trim().split('\n').slice(-5).join('\n')
    return new ServerError(`${this.#command.name} ${what}.${said === '' ? '' : `\n${said}`}`)
  }
}
