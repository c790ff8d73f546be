// server-process.ts: a server that the benchmark has started: waits for its first answer, reads
// what it uses, and stops it by its own process.
import { createServer } from 'node:net'
import type { Link } from '../../../node/net/link.ts'
import type { LoadTarget } from '../load/job.ts'
import { firstLine, infoNumber, replyText } from '../load/replies.ts'
import { type CpuSample, residentBytes, sampleCpu } from '../report/process-figures.ts'
import { type ServerCommand, shownCommand } from './server-command.ts'
import { ServerError, StartedChild } from './started-child.ts'

/** A server as records describe it. */
export interface ServerDescription {
  name: string
  /** `redis_version`, and its own name and version where INFO has one. */
  version: string
  command: string
}

export class ServerProcess {
  readonly name: string
  readonly target: LoadTarget
  /** The server's process: the one started, or one that it has started in turn. */
  readonly pid: number
  readonly description: ServerDescription
  readonly #child: StartedChild
  readonly #link: Link

  private constructor(child: StartedChild, link: Link, description: ServerDescription) {
    this.#child = child
    this.#link = link
    this.name = description.name
    this.description = description
    this.target = { host: '127.0.0.1', port: child.port }
    this.pid = child.serverPid
  }

  /**
   * Starts a server on a free port of 127.0.0.1 and waits until it answers PING.
   *
   * @throws ServerError with what the server printed, when it ends or stays silent.
   */
  static async start(command: ServerCommand): Promise<ServerProcess> {
    const child = new StartedChild(command, await freePort())
    try {
      const link = await child.firstAnswer()
      const info = replyText(await link.call(['INFO', 'server']))
      child.findServer(info)
      const description = {
        name: command.name,
        version: versionOf(info),
        command: shownCommand(command),
      }
      return new ServerProcess(child, link, description)
    } catch (error) {
      await child.stop()
      throw error
    }
  }

  /** Sends a command; an error reply is returned as a text that begins with its code. */
  async call(...argv: string[]): Promise<string> {
    return replyText(await this.#link.call(argv))
  }

  /**
   * Makes sure that a load has arrived: a figure for each of a million keys needs a million keys.
   *
   * @throws ServerError when there are fewer keys.
   */
  async expectKeys(least: number): Promise<void> {
    const size = await this.keyCount()
    if (size >= least) return
    throw new ServerError(`${this.name} holds ${size} keys after ${least} were loaded.`)
  }

  /** Keys of the first database, with those that have expired but are not yet removed. */
  async keyCount(): Promise<number> {
    const reply = await this.call('DBSIZE')
    if (/^\d+$/.test(reply)) return Number(reply)
    throw new ServerError(`${this.name} answers DBSIZE with: ${reply}`)
  }

  /** What answers a command is an error: its line; otherwise undefined. */
  async refusal(argv: readonly string[]): Promise<string | undefined> {
    const reply = await this.#link.call(argv)
    return reply.type === 'error' ? firstLine(reply) : undefined
  }

  /** Processor time so far; from INFO where the system does not tell. */
  async cpu(): Promise<CpuSample> {
    const sample = sampleCpu(this.pid)
    if (sample !== undefined) return sample
    const info = await this.call('INFO', 'cpu')
    const seconds = infoNumber(info, 'used_cpu_sys') + infoNumber(info, 'used_cpu_user')
    return { coarse: seconds, fine: seconds }
  }

  /** Resident memory in bytes. */
  async residentBytes(): Promise<number> {
    const bytes = residentBytes(this.pid)
    return bytes ?? infoNumber(await this.call('INFO', 'memory'), 'used_memory_rss')
  }

  /** Rejects when the server ends before it is stopped; never resolves. */
  get untimelyEnd(): Promise<never> {
    return this.#child.untimelyEnd
  }

  async stop(): Promise<void> {
    this.#link.close()
    await this.#child.stop()
  }
}

/** Starts a server, and returns the milliseconds until its first PONG; it is stopped again. */
export async function timeStart(command: ServerCommand): Promise<number> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = new StartedChild(command, port)
  try {
    const link = await child.firstAnswer(1)
    const elapsed = performance.now() - startedAt
    link.close()
    return elapsed
  } finally {
    await child.stop()
  }
}

// A server that is not Redis says so in a line of its own beside the version it stands in for.
function versionOf(info: string): string {
  const redis = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown'
  const own = /^(rubellite|valkey|dragonfly)_version:(\S+)/m.exec(info)
  return own === null ? redis : `${redis} (${own[1]} ${own[2]})`
}

/** Asks the system for a port nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return address === null || typeof address === 'string' ? 0 : address.port
}
