// watchers.ts: which sessions WATCH which keys of one database.
//
// Most databases are never watched: `armed` is one comparison on the path of every write, and the
// names become strings only after it.

import type { Span } from '../bytes/span.ts'

/** A session as far as WATCH goes. */
export type Watcher = { dirtyCas: boolean }

export class Watchers {
  private readonly byKey = new Map<string, Set<Watcher>>()

  get armed(): boolean {
    return this.byKey.size !== 0
  }

  /** Number of keys that are watched. */
  get keys(): number {
    return this.byKey.size
  }

  add(key: string, watcher: Watcher): void {
    const set = this.byKey.get(key)
    if (set === undefined) this.byKey.set(key, new Set([watcher]))
    else set.add(watcher)
  }

  remove(key: string, watcher: Watcher): void {
    const set = this.byKey.get(key)
    if (set === undefined || !set.delete(watcher) || set.size > 0) return
    this.byKey.delete(key)
  }

  /** A key was changed: the transactions of its watchers will not execute. */
  touch(key: Span): void {
    const set = this.byKey.get(key.text())
    if (set === undefined) return
    for (const watcher of set) watcher.dirtyCas = true
  }

  /** Visits every watched key, for FLUSHDB and SWAPDB. */
  each(visit: (key: string, watchers: Set<Watcher>) => void): void {
    for (const [key, watchers] of this.byKey) visit(key, watchers)
  }
}
