// memory-figures.ts: what memory is used for, in the terms of INFO and MEMORY STATS.
//
// The names are redis-server's; the figures are what they come closest to here. Its allocator is
// our arenas: `allocated` are their live blocks, `active` and `resident` what they have reserved.
// The JavaScript runtime around them shows in the resident size of the process alone.

import { RECORD_HEADER } from '../../bytes/keys/record.ts'
import type { Engine } from '../dispatch/engine.ts'
import { TTL_WORDS } from '../keyspace/entry.ts'
import type { Database } from '../keyspace/keyspace.ts'

const WORD_BYTES = 4

export type MemoryFigures = {
  /** All in bytes but `keys` and `sessions`. */
  readonly peak: number
  readonly total: number
  readonly startup: number
  readonly clients: number
  readonly overhead: number
  readonly dataset: number
  readonly allocated: number
  readonly active: number
  readonly resident: number
  readonly keys: number
  readonly sessions: number
  readonly databases: readonly DatabaseFigures[]
}

export type DatabaseFigures = {
  readonly id: number
  readonly keys: number
  /** Tables, and the fields that entries have beside key and value. */
  readonly main: number
  readonly expires: number
  readonly tables: number
}

/** What memory is used for at this moment. */
export function measureMemory(engine: Engine): MemoryFigures {
  const { stats } = engine
  // A database that was emptied key by key is listed like in redis-server, a flushed one is not.
  const used = engine.databases.filter((db) => db.size > 0 || db.arena.reserved > 0)
  const databases = used.map(measureDatabase)
  const sum = (of: (db: Database) => number) =>
    engine.databases.reduce((total, db) => total + of(db), 0)
  const clients = clientMemory(engine)
  const total = engine.dataMemory + clients
  const startup = Math.min(stats.startupMemory, total)
  const tables = databases.reduce((bytes, db) => bytes + db.main + db.expires, 0)
  const overhead = Math.min(startup + clients + tables, total)
  notePeak(engine, total)
  return {
    peak: stats.peakMemory,
    total,
    startup,
    clients,
    overhead,
    dataset: total - overhead,
    allocated: sum((db) => db.arena.used),
    active: sum((db) => db.arena.reserved),
    resident: engine.host.memory().resident,
    keys: databases.reduce((count, db) => count + db.keys, 0),
    sessions: engine.sessions.size,
    databases,
  }
}

/** Notes the memory in use if it is the most so far; in bytes. */
export function notePeak({ stats, now }: Engine, total: number): void {
  if (total <= stats.peakMemory) return
  stats.peakMemory = total
  stats.peakMemoryAt = now
}

/** Bytes that all sessions take, with what waits in their buffers. */
export function clientMemory({ memory }: Engine): number {
  memory.measure()
  return memory.clients
}

function measureDatabase(db: Database): DatabaseFigures {
  const expiring = db.expiring.length
  return {
    id: db.id,
    keys: db.size,
    main: db.dict.memory + db.size * RECORD_HEADER,
    expires: db.expiring.memory + expiring * TTL_WORDS * WORD_BYTES,
    tables: db.dict.memory + db.expiring.memory,
  }
}
