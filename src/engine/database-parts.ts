// database-parts.ts: what the databases of one engine share.

import type { HashKey } from '../bytes/hash.ts'
import type { Ledger } from '../bytes/ledger.ts'
import type { Access } from './access.ts'

export type DatabaseParts = {
  readonly hashKey: HashKey
  readonly access: Access
  /** Where each enters the memory it holds. */
  readonly ledger: Ledger
}
