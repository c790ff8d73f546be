// transaction.ts: what MULTI and WATCH have gathered for one session.

import { Span } from '../../bytes/memory/span.ts'
import type { Words } from '../../bytes/wire/request.ts'
import type { BoundCommand } from '../command/table.ts'
import type { Database } from '../keyspace/keyspace.ts'
import { isExpired, type Watched, type Watcher } from '../keyspace/watchers.ts'

export type Queued = { readonly command: BoundCommand; readonly words: Words }

/** Bytes that one watched key takes, about. */
const WATCH_BYTES = 128
/** Bytes that a place in the queue and one in a request take beside the arguments. */
const WORD_BYTES = 8

export class Transaction implements Watcher {
  /** Between MULTI and EXEC or DISCARD. */
  open = false
  /** A watched key was changed: EXEC answers nil. */
  dirtyCas = false
  /** A command could not be queued: EXEC answers EXECABORT. */
  dirtyExec = false
  queue: Queued[] = []
  /** Flags of all queued commands together. */
  flags = 0
  /** Gates of all queued commands together. */
  gates = 0
  /** Bytes of the queued requests. */
  queueBytes = 0
  private readonly watched = new Map<string, Watched>()

  /** Bytes of all that is gathered. */
  get bytes(): number {
    return this.queueBytes + this.watched.size * WATCH_BYTES
  }

  /** Number of keys that are watched. */
  get watchedKeys(): number {
    return this.watched.size
  }

  /** Queues a copy of a request, unless the transaction will not execute anyway. */
  add(command: BoundCommand, words: Words): void {
    if (this.dirtyCas || this.dirtyExec) return
    this.queue.push({ command, words: words.copy() })
    this.flags |= command.flags
    this.gates |= command.gates
    for (let i = 0; i < words.count; i++) {
      this.queueBytes += words.ends[i]! - words.starts[i]! + WORD_BYTES
    }
  }

  /** Watches a key; `now` in milliseconds since 1970. */
  watch(db: Database, key: Span, now: number): void {
    const name = key.text()
    const place = `${db.id}:${name}`
    if (this.watched.has(place)) return
    const bytes = key.copy()
    const watched = {
      watcher: this,
      watchers: db.watchers,
      database: db.id,
      name,
      key: new Span(bytes, 0, bytes.length),
      expired: isExpired(db, key, now),
    }
    this.watched.set(place, watched)
    db.watchers.add(watched)
  }

  unwatch(): void {
    for (const watched of this.watched.values()) watched.watchers.remove(watched)
    this.watched.clear()
  }

  /** Whether the time of a watched key has come since it is watched; `now` in milliseconds. */
  hasExpired(databases: readonly Database[], now: number): boolean {
    for (const { database, key, expired } of this.watched.values()) {
      if (!expired && isExpired(databases[database]!, key, now)) return true
    }
    return false
  }

  /** Forgets everything: the queue, what is watched, what went wrong. */
  discard(): void {
    this.unwatch()
    this.open = false
    this.dirtyCas = false
    this.dirtyExec = false
    this.queue = []
    this.flags = 0
    this.gates = 0
    this.queueBytes = 0
  }
}
