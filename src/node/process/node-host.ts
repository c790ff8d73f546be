// node-host.ts: the Node process as an engine's host: what INFO tells of it, its log, its end.

import { machine, release, totalmem, type } from 'node:os'
import type {
  Host,
  ListenerFacts,
  LogLevel,
  MemoryFacts,
  ProcessorFacts,
  ShutdownOptions,
  Storage,
} from '../../engine/contract/ports.ts'
import { nudgeCollector } from './collector.ts'
import { mainThreadTime } from './thread-time.ts'

/** How libuv learns that a socket is ready, by platform; others have poll. */
const MULTIPLEXING: Record<string, string> = {
  linux: 'epoll',
  darwin: 'kqueue',
  freebsd: 'kqueue',
  openbsd: 'kqueue',
  win32: 'iocp',
}

/** Bun and Deno say which version of Node they are like besides their own. */
export function runtimeName(versions: Readonly<Record<string, string | undefined>>): string {
  for (const name of ['bun', 'deno']) {
    const version = versions[name]
    if (version !== undefined) return `${name} ${version}`
  }
  return `node ${versions.node}`
}

/** Asked once, as redis-server does: the answer comes from files. */
let systemMemory = 0

function memoryOfSystem(): number {
  const limit = process.constrainedMemory?.() ?? 0
  const total = totalmem()
  return limit > 0 && limit < total ? limit : total
}

export class NodeHost implements Host {
  executable = ''
  configFile = ''
  storage: Storage | undefined = undefined
  importFile?: (path: string) => Promise<unknown>
  /** Who knows what is listened on. */
  listening: { readonly facts: readonly ListenerFacts[] } = { facts: [] }
  private readonly writeLog: (level: LogLevel, text: string) => void
  private readonly end: (options: ShutdownOptions) => boolean

  /**
   * @param log takes the lines of the log
   * @param end ends the process or closes the engine; false refuses
   */
  constructor(
    log: (level: LogLevel, text: string) => void,
    end: (options: ShutdownOptions) => boolean,
  ) {
    this.writeLog = log
    this.end = end
  }

  get processId(): number {
    return process.pid
  }

  get system(): string {
    return `${type()} ${release()} ${machine()}`
  }

  get multiplexing(): string {
    return MULTIPLEXING[process.platform] ?? 'poll'
  }

  get runtime(): string {
    return runtimeName(process.versions)
  }

  get listeners(): readonly ListenerFacts[] {
    return this.listening.facts
  }

  get tcpPort(): number {
    return this.listeners.find((listener) => listener.name === 'tcp')?.port ?? 0
  }

  memory(): MemoryFacts {
    if (systemMemory === 0) systemMemory = memoryOfSystem()
    return { resident: process.memoryUsage.rss(), system: systemMemory }
  }

  processor(): ProcessorFacts {
    const { user, system } = process.cpuUsage()
    return { user, system, mainThread: mainThreadTime() }
  }

  collect(): boolean {
    return nudgeCollector()
  }

  log(level: LogLevel, text: string): void {
    this.writeLog(level, text)
  }

  shutdown(options: ShutdownOptions): boolean {
    return this.end(options)
  }
}
