// ports.ts: what the engine asks of the world it runs in. It reads no clock, rolls no dice and
// opens no socket by itself: a host hands these in, and a test hands in ones that stand still.

import type { Output } from '../../bytes/wire/output.ts'

export type Clock = {
  /** Wall time in milliseconds since 1970, with a fraction where the host has one. */
  now(): number
  /** A clock that never goes back, in microseconds, for durations. */
  micros(): number
  /** Blocks for this many milliseconds (DEBUG SLEEP); a manual clock just advances. */
  sleep(ms: number): void
}

/** Secrets: bytes nobody can guess. */
export type Entropy = { fill(bytes: Uint8Array): void }

/** The way from a session back to its client. */
export type Transport = {
  /** Sends what is in the output and makes the output empty again. */
  send(output: Output): void
  /**
   * Whether what it is sent leaves later, after its host has ended an armed turn
   * (dispatch/turn.ts). For other transports the turn is ended before each `send`.
   */
  readonly endsTurns?: boolean
  /**
   * Sends a stretch of memory that many sessions are sent. It may be sent later: then the transport
   * sets `isLent` of the engine's broadcast, and calls its `release`. A transport without this is
   * sent a copy.
   */
  post?(bytes: Uint8Array, start: number, end: number): void
  /** Told when a wait of limited time begins, and when it ends: a timer is wanted meanwhile. */
  waits?(isWaiting: boolean): void
  /** Ends the conversation after what was sent has left. */
  close(): void
  /** Ends the conversation at once; absent where nothing can wait between the two sides. */
  destroy?(): void
  /** Bytes that were sent but not yet taken by the other side. */
  readonly pending: number
  /** Whether the other side is the program around the engine: no protected command is refused. */
  readonly isProgram?: boolean
  /** Client's and server's own address, as CLIENT LIST prints them. */
  readonly address: string
  readonly localAddress: string
  /** The socket's file descriptor, for CLIENT LIST; -1 where there is none. */
  readonly descriptor: number
}

/** How SHUTDOWN, or a signal, asks the process to end. */
export type ShutdownOptions = {
  /** Whether data is saved first; 'configured' leaves it to the save points. */
  readonly save: 'yes' | 'no' | 'configured'
  /** Do not wait for replicas. */
  readonly now: boolean
  /** End even if saving fails. */
  readonly force: boolean
}

/** Severity of a line in the log, in ascending order. */
export type LogLevel = 'debug' | 'verbose' | 'notice' | 'warning'

/** What a host listens on, as the `listener` lines of INFO show it. */
export type ListenerFacts = {
  readonly name: 'tcp' | 'unix'
  /** Addresses, or the path of the Unix socket. */
  readonly binds: readonly string[]
  /** 0 for a Unix socket. */
  readonly port: number
}

/** Memory of the process, in bytes. */
export type MemoryFacts = {
  readonly resident: number
  /** Memory of the machine, or of the container where it is limited. */
  readonly system: number
}

/** Processor time, in microseconds. */
export type ProcessorTime = { readonly user: number; readonly system: number }

/** Processor time the process has used, and its main thread where that is known. */
export type ProcessorFacts = ProcessorTime & { readonly mainThread?: ProcessorTime | undefined }

/** A file that is read from its begin to its end. */
export type StoredFile = {
  /** In bytes. */
  readonly size: number
  /** Reads the next `length` bytes to `at`; returns how many came: fewer when it cannot be read. */
  read(into: Uint8Array, at: number, length: number): number
  close(): void
}

/** A file that is being written, under a name of its own until it takes another one's place. */
export type NewFile = {
  /** Appends bytes. Throws an Error. */
  write(bytes: Uint8Array, start: number, end: number): void
  /** Brings all of it to the disk. Throws an Error. */
  finish(): void
  /** Gives it a name, in place of the file that has it now. Throws an Error. */
  publish(name: string): void
  /** Removes it. */
  discard(): void
}

/** The files of a server, by their names in one folder. Errors carry the system's own words. */
export type Storage = {
  /** Path of the folder, for messages. */
  readonly folder: string
  /** Opens a file; undefined where there is none. Throws an Error. */
  open(name: string): StoredFile | undefined
  /**
   * Begins a file. Throws an Error.
   * @param syncEvery bytes after each of which they are brought to the disk; 0 leaves it to the end
   */
  create(name: string, syncEvery: number): NewFile
  /** Makes the names in the folder last. Throws an Error. */
  syncNames(): void
}

/** The process around an engine: what INFO tells of it, its log, its end. */
export type Host = {
  readonly processId: number
  /** Name, release and machine of the system: 'Linux 6.1.0 x86_64'. */
  readonly system: string
  /** 'epoll', 'kqueue', …: how readiness is learned. */
  readonly multiplexing: string
  /** Version of the JavaScript runtime: 'node 20.11.1'. */
  readonly runtime: string
  /** Path of the program; empty where there is none. */
  readonly executable: string
  /** Path of the configuration file; empty without one. */
  readonly configFile: string
  /** The TCP port that is listened on, 0 when there is none. */
  readonly tcpPort: number
  readonly listeners: readonly ListenerFacts[]
  /** Where data is saved; undefined where it lives in memory only. */
  readonly storage: Storage | undefined
  /**
   * Loads a file of code and gives what it exports. Absent where there are no files.
   * @param path one character per byte, from the working directory on
   */
  readonly importFile?: (path: string) => Promise<unknown>
  memory(): MemoryFacts
  processor(): ProcessorFacts
  /**
   * Lets the memory of buffers that nobody uses any more be found, some time soon.
   * @returns false where it is to be asked again
   */
  collect(): boolean
  /** Writes a line to the log. */
  log(level: LogLevel, text: string): void
  /**
   * Ends the process, or closes an embedded engine, after the current batch.
   * @returns false when that was refused: the command replies an error
   */
  shutdown(options: ShutdownOptions): boolean
}

/** The host of an engine that has none. */
export const noHost: Host = {
  processId: 0,
  system: '',
  multiplexing: '',
  runtime: '',
  executable: '',
  configFile: '',
  tcpPort: 0,
  listeners: [],
  storage: undefined,
  memory: () => ({ resident: 0, system: 0 }),
  processor: () => ({ user: 0, system: 0 }),
  collect: () => true,
  log() {},
  shutdown: () => false,
}
