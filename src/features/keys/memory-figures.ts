// memory-figures.ts: how MEMORY STATS and MEMORY MALLOC-STATS show what memory is used for.

import type { Engine } from '../../engine/dispatch/engine.ts'
import type { DatabaseFigures, MemoryFigures } from '../../engine/upkeep/memory-figures.ts'

type Statistic =
  | number
  | { readonly ratio: number }
  | { readonly pairs: readonly (readonly [name: string, bytes: number])[] }

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
    const large = arena.outsized.filter((bytes) => bytes !== undefined).length
    lines.push([id, size, arena.used, arena.reserved, large].map(column).join(''))
  }
  return `${lines.join('\n')}\n`
}

function column(value: number, place: number): string {
  return String(value).padStart(place === 0 ? 8 : 12)
}

function databaseLine({ id, main, expires }: DatabaseFigures): readonly [string, Statistic] {
  const pairs = [
    ['overhead.hashtable.main', main],
    ['overhead.hashtable.expires', expires],
  ] as const
  return [`db.${id}`, { pairs }]
}

/** With the precision of a C float, in which the reference computes it; 1 of nothing. */
function ratio(part: number, whole: number): Statistic {
  return { ratio: whole === 0 ? 1 : Math.fround(part / whole) }
}
