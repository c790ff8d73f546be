// core.ts: the modules every engine has.

import type { Module } from './engine/module.ts'
import { configuration } from './features/config/index.ts'
import { connection } from './features/connection/index.ts'
import { debugging } from './features/debug/index.ts'
import { eviction } from './features/eviction/index.ts'
import { expiry } from './features/expiry/index.ts'
import { introspection } from './features/introspection/index.ts'
import { keys } from './features/keys/index.ts'
import { server } from './features/server/index.ts'
import { transactions } from './features/transactions/index.ts'
import { bitmaps } from './types/bitmap/index.ts'
import { strings } from './types/string/index.ts'

export const core: readonly Module[] = [
  strings,
  bitmaps,
  keys,
  expiry,
  eviction,
  connection,
  transactions,
  configuration,
  introspection,
  server,
  debugging,
]
