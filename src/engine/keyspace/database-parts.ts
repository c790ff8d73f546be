// database-parts.ts: what the databases of one engine share.

import type { HashKey } from '../../bytes/keys/hash.ts'
import type { Ledger } from '../../bytes/memory/ledger.ts'
import type { Limits } from '../contract/limits.ts'
import type { Access } from './access.ts'
import type { Interest } from './interest.ts'
import type { KeyQueue } from './waiting.ts'

export type DatabaseParts = {
  readonly hashKey: HashKey
  readonly access: Access
  /** Where each enters the memory it holds. */
  readonly ledger: Ledger
  /** Where keys are noted that somebody waits for and that may be ready. */
  readonly noted: KeyQueue[]
  /** Where databases say that somebody watches their keys or waits for them. */
  readonly interest: Interest
  /** What decides how values are kept. */
  readonly limits: Limits
}
