// memory-figures.ts: what memory is used for, in the terms of MEMORY STATS.
//
// The names are redis-server's; the figures are what they come closest to here. Its allocator is
// our arenas: `allocated` are their live blocks, `active` and `resident` what they have reserved.
// The JavaScript runtime around them shows in the resident size of the process alone.

import { RECORD_HEADER } from '../../bytes/record.ts'
import type { Engine } from '../../engine/engine.ts'
import { TTL_WORDS } from '../../engine/entry.ts'
import type { Database } from '../../engine/keyspace.ts'

const WORD_BYTES = 4

export type MemoryFigures = {
  /** All in bytes but `keys`. */
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

type DatabaseFigures = {
  readonly id: number
  readonly keys: number
  /** Tables, and the fields that entries have beside key and value. */
  readonly main: number
  readonly expires: number
  readonly tables: number
}

type Statistic =
  | number
  | { readonly ratio: number }
  | { readonly pairs: readonly (readonly [name: string, bytes: number])[] }

export function measure(engine: Engine): MemoryFigures {
  const { stats } = engine
  const databases = engine.databases.filter((db) => db.size > 0).map(measureDatabase)
  const sum = (of: (db: Database) => number) =>
    engine.databases.reduce((total, db) => total + of(db), 0)
  const clients = clientMemory(engine)
  const total = engine.dataMemory + clients
  const startup = Math.min(stats.startupMemory, total)
  const tables = databases.reduce((bytes, db) => bytes + db.main + db.expires, 0)
  const overhead = Math.min(startup + clients + tables, total)
  return {
    peak: Math.max(stats.peakMemory, total),
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

/** The lines of MEMORY STATS in the reference's order. */
export function statistics(figures: MemoryFigures): (readonly [name: string, value: Statistic])[] {
  const { total, startup, overhead, dataset, allocated, active, resident } = figures
  return [
    ['peak.allocated', figures.peak],
    ['total.allocated', total],
    ['startup.allocated', startup],
    ['replication.backlog', 0],
    ['replica.fullsync.buffer', 0],
    ['clients.slaves', 0],
    ['clients.normal', figures.clients],
    ['cluster.links', 0],
    ['aof.buffer', 0],
    ['lua.caches', 0],
    ['functions.caches', 0],
    ['script.VMs', 0],
    ...figures.databases.map(databaseLine),
    ['overhead.db.hashtable.lut', figures.databases.reduce((sum, db) => sum + db.tables, 0)],
    ['overhead.db.hashtable.rehashing', 0],
    ['overhead.total', overhead],
    ['db.dict.rehashing.count', 0],
    ['keys.count', figures.keys],
    ['keys.bytes-per-key', figures.keys === 0 ? 0 : Math.floor(dataset / figures.keys)],
    ['dataset.bytes', dataset],
    ['dataset.percentage', ratio(dataset * 100, Math.max(1, total - startup))],
    ['peak.percentage', ratio(total * 100, figures.peak)],
    ['allocator.allocated', allocated],
    ['allocator.active', active],
    ['allocator.resident', active],
    ['allocator.muzzy', 0],
    ['allocator-fragmentation.ratio', ratio(active, allocated)],
    ['allocator-fragmentation.bytes', active - allocated],
    ['allocator-rss.ratio', ratio(active, active)],
    ['allocator-rss.bytes', 0],
    ['rss-overhead.ratio', ratio(resident, active)],
    ['rss-overhead.bytes', resident - active],
    ['fragmentation', ratio(resident, total)],
    ['fragmentation.bytes', resident - total],
  ]
}

/** What MEMORY MALLOC-STATS shows: each database's arena. */
export function allocatorReport(engine: Engine): string {
  const lines = ['database        keys        used    reserved       large']
  for (const { id, size, arena } of engine.databases) {
    if (size === 0 && arena.reserved === 0) continue
    const large = arena.large.filter((bytes) => bytes !== undefined).length
    lines.push([id, size, arena.used, arena.reserved, large].map(column).join(''))
  }
  return `${lines.join('\n')}\n`
}

function column(value: number, place: number): string {
  return String(value).padStart(place === 0 ? 8 : 12)
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

function databaseLine({ id, main, expires }: DatabaseFigures): readonly [string, Statistic] {
  const pairs = [
    ['overhead.hashtable.main', main],
    ['overhead.hashtable.expires', expires],
  ] as const
  return [`db.${id}`, { pairs }]
}

function clientMemory(engine: Engine): number {
  let bytes = 0
  for (const session of engine.sessions.values()) {
    bytes += session.request.pending + session.transport.pending + session.transaction.queueBytes
  }
  return bytes
}

/** With the precision of a C float, in which the reference computes it; 1 of nothing. */
function ratio(part: number, whole: number): Statistic {
  return { ratio: whole === 0 ? 1 : Math.fround(part / whole) }
}
