// file-storage.ts: the files of a server, by name in its working directory, which the directive
// `dir` changes; those of an embedded database, in a folder that is not the program's.

import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { NewFile, Storage, StoredFile } from '../../engine/contract/ports.ts'
import { errorText } from '../process/error-text.ts'

/** Not every system can bring the names in a folder to the disk. */
const NO_FOLDER_SYNC = ['EBADF', 'EINVAL', 'EISDIR', 'EPERM', 'EACCES']

export class FileStorage implements Storage {
  private readonly fixed: string | undefined

  /** @param folder absolute path; the working directory when absent */
  constructor(folder?: string) {
    this.fixed = folder
  }

  get folder(): string {
    if (this.fixed !== undefined) return this.fixed
    try {
      return process.cwd()
    } catch {
      return 'unknown'
    }
  }

  open(name: string): StoredFile | undefined {
    try {
      return new ReadFile(openSync(this.place(name), 'r'))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw systemError(error)
    }
  }

  create(name: string, syncEvery: number): NewFile {
    return attempt(() => new WrittenFile((name) => this.place(name), name, syncEvery))
  }

  syncNames(): void {
    try {
      const folder = openSync(this.place('.'), 'r')
      try {
        fsyncSync(folder)
      } finally {
        closeSync(folder)
      }
    } catch (error) {
      if (!NO_FOLDER_SYNC.includes((error as NodeJS.ErrnoException).code ?? '')) {
        throw systemError(error)
      }
    }
  }

  private place(name: string): string {
    return this.fixed === undefined ? name : join(this.fixed, name)
  }
}

class ReadFile implements StoredFile {
  readonly size: number
  private readonly descriptor: number

  constructor(descriptor: number) {
    this.descriptor = descriptor
    this.size = fstatSync(descriptor).size
  }

  read(into: Uint8Array, at: number, length: number): number {
    let got = 0
    while (got < length) {
      const count = this.readSome(into, at + got, length - got)
      if (count === 0) break
      got += count
    }
    return got
  }

  close(): void {
    closeSync(this.descriptor)
  }

  private readSome(into: Uint8Array, at: number, length: number): number {
    try {
      return readSync(this.descriptor, into, at, length, null)
    } catch {
      return 0
    }
  }
}

class WrittenFile implements NewFile {
  private readonly place: (name: string) => string
  private name: string
  private readonly syncEvery: number
  private descriptor: number
  private unsynced = 0

  constructor(place: (name: string) => string, name: string, syncEvery: number) {
    this.place = place
    this.name = place(name)
    this.syncEvery = syncEvery
    this.descriptor = openSync(this.name, 'w', 0o666)
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    attempt(() => {
      for (let at = start; at < end; ) at += writeSync(this.descriptor, bytes, at, end - at)
      this.unsynced += end - start
      if (this.syncEvery === 0 || this.unsynced < this.syncEvery) return
      this.unsynced = 0
      fsyncSync(this.descriptor)
    })
  }

  finish(): void {
    attempt(() => fsyncSync(this.descriptor))
    attempt(() => this.close())
  }

  publish(name: string): void {
    const target = this.place(name)
    attempt(() => renameSync(this.name, target))
    this.name = target
  }

  discard(): void {
    try {
      this.close()
      unlinkSync(this.name)
    } catch {}
  }

  private close(): void {
    const { descriptor } = this
    if (descriptor < 0) return
    this.descriptor = -1
    closeSync(descriptor)
  }
}

/** Does something with files; its errors carry the system's own words. */
function attempt<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    throw systemError(error)
  }
}

function systemError(error: unknown): Error {
  return new Error(errorText(error as NodeJS.ErrnoException))
}
