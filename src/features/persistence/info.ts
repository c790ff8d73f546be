// info.ts: INFO's section on persistence.

import type { InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { type Progress, persistenceState } from './state.ts'

export const persistenceSection: InfoSection = {
  name: 'persistence',
  byDefault: true,
  fields(engine) {
    const state = engine.part(persistenceState)
    const { loading } = state
    return [
      ['loading', loading === undefined ? 0 : 1],
      ['async_loading', 0],
      ['current_cow_peak', 0],
      ['current_cow_size', 0],
      ['current_cow_size_age', 0],
      ['current_fork_perc', '0.00'],
      ['current_save_keys_processed', 0],
      ['current_save_keys_total', 0],
      ['rdb_changes_since_last_save', state.changes(engine)],
      ['rdb_bgsave_in_progress', 0],
      ['rdb_last_save_time', state.lastSave],
      ['rdb_last_bgsave_status', 'ok'],
      ['rdb_last_bgsave_time_sec', -1],
      ['rdb_current_bgsave_time_sec', -1],
      ['rdb_saves', state.saves],
      ['rdb_last_cow_size', 0],
      ['rdb_last_load_keys_expired', state.keysExpired],
      ['rdb_last_load_keys_loaded', state.keysLoaded],
      ['aof_enabled', 0],
      ['aof_rewrite_in_progress', 0],
      ['aof_rewrite_scheduled', 0],
      ['aof_last_rewrite_time_sec', -1],
      ['aof_current_rewrite_time_sec', -1],
      ['aof_last_bgrewrite_status', 'ok'],
      ['aof_rewrites', 0],
      ['aof_rewrites_consecutive_failures', 0],
      ['aof_last_write_status', 'ok'],
      ['aof_last_cow_size', 0],
      ['module_fork_in_progress', 0],
      ['module_fork_last_cow_size', 0],
      ...(loading === undefined ? [] : loadingFields(engine, loading)),
    ]
  },
}

function loadingFields(engine: Engine, progress: Progress): [string, string | number][] {
  const { startedAt, totalBytes, loadedBytes, usedMemory } = progress
  const share = totalBytes === 0 ? 0 : loadedBytes / totalBytes
  const seconds = (engine.now - startedAt) / 1000
  const left = loadedBytes === 0 ? -1 : Math.floor((seconds * (1 - share)) / share)
  return [
    ['loading_start_time', Math.floor(startedAt / 1000)],
    ['loading_total_bytes', totalBytes],
    ['loading_rdb_used_mem', usedMemory],
    ['loading_loaded_bytes', loadedBytes],
    ['loading_loaded_perc', (share * 100).toFixed(2)],
    ['loading_eta_seconds', left],
  ]
}
