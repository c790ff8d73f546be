// scene.ts: a whole engine in this process, without sockets, files or a clock that runs by itself.
import { core } from '#src/core.js'
import { loadConfiguration } from '#src/engine/config/load.js'
import { type NewFile, noHost, type Storage } from '#src/engine/contract/ports.js'
import { Engine } from '#src/engine/dispatch/engine.js'
import type { Session } from '#src/engine/session/session.js'
import type { Argument } from '../differential/arguments.js'

/** One file at a time, in memory: what DEBUG RELOAD needs. */
class MemoryStorage implements Storage {
  readonly folder = '/data'
  private readonly files = new Map<string, Buffer>()

  open(name: string) {
    const bytes = this.files.get(name)
    if (bytes === undefined) return undefined
    let from = 0
    return {
      size: bytes.length,
      read(into: Uint8Array, at: number, length: number) {
        const got = bytes.copy(into, at, from, from + length)
        from += got
        return got
      },
      close() {},
    }
  }

  create(): NewFile {
    const parts: Buffer[] = []
    return {
      write: (bytes, start, end) => parts.push(Buffer.from(bytes.slice(start, end))),
      finish() {},
      publish: (name) => this.files.set(name, Buffer.concat(parts)),
      discard() {},
    }
  }

  syncNames(): void {}
}

export class Scene {
  /** Milliseconds since 1970. */
  now = Date.UTC(2030, 0, 1)
  readonly engine: Engine
  private readonly sessions = new Map<number, Session>()
  private readonly heard: Uint8Array[] = []

  constructor(seed = 1) {
    this.engine = new Engine({
      modules: core,
      clock: { now: () => this.now, micros: () => this.now * 1000, sleep: () => {} },
      entropy: { fill: (bytes) => bytes.fill(7) },
      seed,
      host: { ...noHost, storage: new MemoryStorage() },
      configure({ config }) {
        const sources = { include: () => '', rename: () => 'renamed' as const }
        loadConfiguration(config, 'enable-debug-command yes', sources)
      },
    })
  }

  /**
   * Sends bytes in a conversation, which begins with them if need be; one that waits ends first.
   * @returns what all conversations answered
   */
  send(conversation: number, bytes: Uint8Array): Buffer {
    let session = this.sessions.get(conversation)
    if (session?.suspended) session.end()
    if (session === undefined || session.ended) {
      session = this.engine.open(this.transport())
      this.sessions.set(conversation, session)
    }
    session.receive(bytes)
    session.flush()
    return Buffer.concat(this.heard.splice(0))
  }

  /** Sends a command. */
  run(conversation: number, words: readonly Argument[]): Buffer {
    const parts = words.map((word) => Buffer.from(word as string))
    const bulks = parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, crlf])
    return this.send(conversation, Buffer.concat([Buffer.from(`*${parts.length}\r\n`), ...bulks]))
  }

  /** Lets time go by. */
  advance(ms: number): void {
    this.now += ms
    this.engine.tick()
  }

  private transport() {
    return {
      send: (output: { collect(): Uint8Array }) => this.heard.push(output.collect().slice()),
      close() {},
      pending: 0,
      address: '127.0.0.1:5000',
      localAddress: '127.0.0.1:6379',
      descriptor: -1,
    }
  }
}

const crlf = Buffer.from('\r\n')
