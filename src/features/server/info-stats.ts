// info-stats.ts: the section of counters. Those of what is not there yet say the truth: 0.

import type { InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { CHANNEL, PATTERN, pubsub, SHARD } from '../pubsub/subscriptions.ts'

type Field = readonly [name: string, value: string | number]

const stats: InfoSection = {
  name: 'stats',
  byDefault: true,
  fields(engine) {
    const channels = engine.part(pubsub)
    return [
      ...traffic(engine),
      ...expiryAndEviction(engine),
      ['keyspace_hits', engine.stats.keyspaceHits],
      ['keyspace_misses', engine.stats.keyspaceMisses],
      ['pubsub_channels', channels.count(CHANNEL)],
      ['pubsub_patterns', channels.count(PATTERN)],
      ['pubsubshard_channels', channels.count(SHARD)],
      ...absent,
      ...replies(engine),
      ...cycles(engine),
      ...denials,
    ]
  },
}

function traffic({ stats }: Engine): Field[] {
  const { rates } = stats
  return [
    ['total_connections_received', stats.connections],
    ['total_commands_processed', stats.commands],
    ['instantaneous_ops_per_sec', Math.floor(rates.commands.mean)],
    ['total_net_input_bytes', stats.netInput],
    ['total_net_output_bytes', stats.netOutput],
    ['total_net_repl_input_bytes', 0],
    ['total_net_repl_output_bytes', 0],
    ['instantaneous_input_kbps', (rates.input.mean / 1024).toFixed(2)],
    ['instantaneous_output_kbps', (rates.output.mean / 1024).toFixed(2)],
    ['instantaneous_input_repl_kbps', '0.00'],
    ['instantaneous_output_repl_kbps', '0.00'],
    ['rejected_connections', stats.rejectedConnections],
    ['sync_full', 0],
    ['sync_partial_ok', 0],
    ['sync_partial_err', 0],
  ]
}

function expiryAndEviction({ stats, clock }: Engine): Field[] {
  const since = stats.evictionExceededSince
  const exceeded = since === 0 ? 0 : clock.micros() - since
  return [
    ['expired_subkeys', stats.expiredSubkeys],
    ['expired_keys', stats.expiredKeys],
    ['expired_stale_perc', stats.expiredStalePercent.toFixed(2)],
    ['expired_time_cap_reached_count', stats.expiredTimeCapReached],
    ['expire_cycle_cpu_milliseconds', Math.floor(stats.expireCycleMicros / 1000)],
    ['evicted_keys', stats.evictedKeys],
    ['evicted_clients', stats.evictedClients],
    ['evicted_scripts', 0],
    ['total_eviction_exceeded_time', Math.floor((stats.evictionExceededMicros + exceeded) / 1000)],
    ['current_eviction_exceeded_time', Math.floor(exceeded / 1000)],
  ]
}

const absent: readonly Field[] = [
  ['latest_fork_usec', 0],
  ['total_forks', 0],
  ['migrate_cached_sockets', 0],
  ['slave_expires_tracked_keys', 0],
  ['active_defrag_hits', 0],
  ['active_defrag_misses', 0],
  ['active_defrag_key_hits', 0],
  ['active_defrag_key_misses', 0],
  ['total_active_defrag_time', 0],
  ['current_active_defrag_time', 0],
  ['tracking_total_keys', 0],
  ['tracking_total_items', 0],
  ['tracking_total_prefixes', 0],
]

function replies({ stats }: Engine): Field[] {
  return [
    ['unexpected_error_replies', stats.unexpectedErrorReplies],
    ['total_error_replies', stats.errorReplies],
    ['dump_payload_sanitizations', 0],
    ['total_reads_processed', stats.inputReads],
    ['total_writes_processed', stats.outputWrites],
    ['io_threaded_reads_processed', 0],
    ['io_threaded_writes_processed', 0],
    ['io_threaded_total_prefetch_batches', 0],
    ['io_threaded_total_prefetch_entries', 0],
    ['client_query_buffer_limit_disconnections', stats.queryBufferLimitDisconnections],
    ['client_output_buffer_limit_disconnections', stats.outputBufferLimitDisconnections],
    ['reply_buffer_shrinks', 0],
    ['reply_buffer_expands', 0],
  ]
}

/** A cycle is what one read of one client brought, or one tick. */
function cycles({ stats, stopwatch }: Engine): Field[] {
  return [
    ['eventloop_cycles', stopwatch.cycles],
    ['eventloop_duration_sum', Math.floor(stopwatch.cycleMicros)],
    ['eventloop_duration_cmd_sum', Math.floor(stopwatch.commandMicros)],
    ['instantaneous_eventloop_cycles_per_sec', Math.floor(stats.rates.cycles.mean)],
    ['instantaneous_eventloop_duration_usec', Math.floor(stats.rates.cycleMicros.mean)],
  ]
}

const denials: readonly Field[] = [
  ['acl_access_denied_auth', 0],
  ['acl_access_denied_cmd', 0],
  ['acl_access_denied_key', 0],
  ['acl_access_denied_channel', 0],
]

export const statsSections = [stats]
