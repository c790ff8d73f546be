// info-memory.ts: the section on memory.

import type { InfoSection } from '../../engine/contract/module.ts'
import { measureMemory } from '../../engine/upkeep/memory-figures.ts'
import { humanBytes, percent, ratio, wholeSeconds } from './info-format.ts'

type Field = readonly [name: string, value: string | number]

const memory: InfoSection = {
  name: 'memory',
  byDefault: true,
  fields(engine) {
    const figures = measureMemory(engine)
    const { total, resident, peak, startup, dataset, allocated, active } = figures
    const { system } = engine.host.memory()
    return [
      ...bothWays('used_memory', total),
      ...bothWays('used_memory_rss', resident),
      ...bothWays('used_memory_peak', peak),
      ['used_memory_peak_time', wholeSeconds(engine.stats.peakMemoryAt)],
      ['used_memory_peak_perc', percent(total, peak)],
      ['used_memory_overhead', figures.overhead],
      ['used_memory_startup', startup],
      ['used_memory_dataset', dataset],
      ['used_memory_dataset_perc', percent(dataset, Math.max(1, total - startup))],
      ['allocator_allocated', allocated],
      ['allocator_active', active],
      ['allocator_resident', active],
      ['allocator_muzzy', 0],
      ...bothWays('total_system_memory', system),
      ...scriptFields,
      ...bothWays('maxmemory', engine.limits.memory),
      ['maxmemory_policy', engine.config.string('maxmemory-policy').text],
      ['allocator_frag_ratio', ratio(active, allocated)],
      ['allocator_frag_bytes', active - allocated],
      ['allocator_rss_ratio', ratio(active, active)],
      ['allocator_rss_bytes', 0],
      ['rss_overhead_ratio', ratio(resident, active)],
      ['rss_overhead_bytes', resident - active],
      ['mem_fragmentation_ratio', ratio(resident, total)],
      ['mem_fragmentation_bytes', resident - total],
      ['mem_not_counted_for_evict', 0],
      ['mem_replication_backlog', 0],
      ['mem_total_replication_buffers', 0],
      ['mem_replica_full_sync_buffer', 0],
      ['mem_clients_slaves', 0],
      ['mem_clients_normal', figures.clients],
      ['mem_cluster_links', 0],
      ['mem_aof_buffer', 0],
      ['mem_allocator', 'arena'],
      // The tables grow bucket by bucket: they are never two.
      ['mem_overhead_db_hashtable_rehashing', 0],
      ['active_defrag_running', 0],
      ['lazyfree_pending_objects', 0],
      ['lazyfreed_objects', engine.stats.lazyFreed],
    ]
  },
}

/** There are no scripts and functions: they take nothing. */
const scriptFields: readonly Field[] = [
  ['used_memory_lua', 0],
  ['used_memory_vm_eval', 0],
  ['used_memory_lua_human', humanBytes(0)],
  ['used_memory_scripts_eval', 0],
  ['number_of_cached_scripts', 0],
  ['number_of_functions', 0],
  ['number_of_libraries', 0],
  ['used_memory_vm_functions', 0],
  ...bothWays('used_memory_vm_total', 0),
  ['used_memory_functions', 0],
  ...bothWays('used_memory_scripts', 0),
]

/** A figure for programs and for people. */
function bothWays(name: string, bytes: number): readonly Field[] {
  return [
    [name, bytes],
    [`${name}_human`, humanBytes(bytes)],
  ]
}

export const memorySections = [memory]
