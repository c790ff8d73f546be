// storage.model.ts: an engine whose files are in memory, for tests.

import assert from 'node:assert/strict'
import { latin1 } from '../../bytes/span.ts'
import { core } from '../../core.ts'
import { loadConfiguration } from '../../engine/configuration-load.ts'
import { Engine } from '../../engine/engine.ts'
import type { Module } from '../../engine/module.ts'
import { type NewFile, noHost, type Storage } from '../../engine/ports.ts'

/** Files in memory; `fails` names the step that fails next. */
export class MemoryStorage implements Storage {
  readonly folder = '/data'
  readonly files = new Map<string, Buffer>()
  fails = ''

  open(name: string) {
    this.step('open')
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

  create(name: string): NewFile {
    this.step('create')
    const parts: Buffer[] = []
    this.files.set(name, Buffer.alloc(0))
    return {
      write: (bytes, start, end) => {
        this.step('write')
        parts.push(Buffer.from(bytes.slice(start, end)))
      },
      finish: () => {
        this.step('finish')
        this.files.set(name, Buffer.concat(parts))
      },
      publish: (to) => {
        this.step('publish')
        this.files.set(to, this.files.get(name)!)
        this.files.delete(name)
      },
      discard: () => this.files.delete(name),
    }
  }

  syncNames(): void {
    this.step('sync')
  }

  private step(name: string): void {
    if (this.fails === name) throw new Error('No space left on device')
  }
}

/** An engine with such files, or without any, and a conversation with it. */
export function open(
  files: Storage | null = new MemoryStorage(),
  directives = '',
  modules: readonly Module[] = [],
) {
  const storage = files ?? undefined
  const time = { ms: 1_700_000_000_000 }
  const log: string[] = []
  const engine = new Engine({
    modules: [...core, ...modules],
    clock: { now: () => time.ms, micros: () => time.ms * 1000, sleep: (ms) => (time.ms += ms) },
    entropy: { fill: (bytes) => bytes.fill(7) },
    seed: 1,
    host: { ...noHost, processId: 7, storage, log: (_, text) => log.push(text) },
    configure({ config }) {
      const sources = { include: () => '', rename: () => 'renamed' as const }
      const fault = loadConfiguration(config, `enable-debug-command yes\n${directives}`, sources)
      assert.equal(fault, undefined)
    },
  })
  let reply = ''
  const session = engine.open({
    send(output) {
      reply += String.fromCharCode(...output.collect())
    },
    close() {},
    pending: 0,
    address: '127.0.0.1:5000',
    localAddress: '127.0.0.1:6379',
    descriptor: -1,
  })
  const call = (line: string) => {
    reply = ''
    session.receive(latin1(`${line}\r\n`))
    session.flush()
    return reply
  }
  const info = (field: string) => new RegExp(`${field}:(.*)\r`).exec(call('INFO persistence'))?.[1]
  return { engine, time, log, call, info }
}
