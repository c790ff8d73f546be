// core.ts: the modules every engine has.

import type { Module } from './engine/contract/module.ts'
import { configuration } from './features/config/index.ts'
import { connection } from './features/connection/index.ts'
import { debugging } from './features/debug/index.ts'
import { eviction } from './features/eviction/index.ts'
import { expiry } from './features/expiry/index.ts'
import { introspection } from './features/introspection/index.ts'
import { keys } from './features/keys/index.ts'
import { modules } from './features/modules/index.ts'
import { monitoring } from './features/monitor/index.ts'
import { persistence } from './features/persistence/index.ts'
import { channels } from './features/pubsub/index.ts'
import { server } from './features/server/index.ts'
import { sorting } from './features/sort/index.ts'
import { transactions } from './features/transactions/index.ts'
import { bitmaps } from './types/bitmap/index.ts'
import { geo } from './types/geo/index.ts'
import { hashes } from './types/hash/index.ts'
import { hyperLogLogs } from './types/hyperloglog/index.ts'
import { lists } from './types/list/index.ts'
import { sets } from './types/set/index.ts'
import { sortedSets } from './types/sorted-set/index.ts'
import { streams } from './types/stream/index.ts'
import { strings } from './types/string/index.ts'

export const core: readonly Module[] = [
  strings,
  lists,
  hashes,
  sets,
  sortedSets,
  geo,
  streams,
  bitmaps,
  hyperLogLogs,
  keys,
  expiry,
  eviction,
  connection,
  transactions,
  sorting,
  channels,
  monitoring,
  configuration,
  introspection,
  modules,
  server,
  persistence,
  debugging,
]
