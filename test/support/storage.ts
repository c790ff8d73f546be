// storage.ts: files in memory, and an engine that has them.

import { core } from '#src/core.js'
import type { Module } from '#src/engine/contract/module.js'
import type { NewFile, Storage } from '#src/engine/contract/ports.js'
import { Stage } from './stage.ts'

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
  const stage = new Stage({
    modules: [...core, ...modules],
    now: 1_700_000_000_000,
    host: { processId: 7, storage: files ?? undefined },
    config: ['enable-debug-command yes', directives],
  })
  const { engine, clock, log } = stage
  const call = (line: string) => stage.send(line)
  const info = (field: string) => new RegExp(`${field}:(.*)\r`).exec(call('INFO persistence'))?.[1]
  return { stage, engine, clock, log, call, info }
}
