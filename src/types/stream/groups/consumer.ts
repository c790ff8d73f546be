// consumer.ts: who reads for a group, and what was delivered to it and not acknowledged yet.

import type { Ledger } from '../../../bytes/memory/ledger.ts'
import type { Span } from '../../../bytes/memory/span.ts'
import { ID_WORDS } from '../id.ts'
import { IdTable } from '../nodes/id-table.ts'

/** What the object takes besides its name and its ids, about, in bytes. */
const OVERHEAD = 256

export class Consumer {
  readonly name: Uint8Array
  /** What the group's pending entries call it. */
  readonly slot: number
  /** When it last tried to read or claim, in milliseconds since 1970. */
  seenTime: number
  /** When it last got something; -1 where it never did. */
  activeTime = -1
  /** Ids of the entries that are pending for it. */
  readonly pending: IdTable

  constructor(name: Uint8Array, slot: number, now: number, pending: IdTable) {
    this.name = name
    this.slot = slot
    this.seenTime = now
    this.pending = pending
  }

  static create(name: Span, slot: number, now: number, ledger: Ledger): Consumer {
    return new Consumer(name.copy(), slot, now, new IdTable(ID_WORDS, ledger))
  }

  /** Bytes it holds; those of the ids are in the ledger without its doing. */
  get ownBytes(): number {
    return OVERHEAD + this.name.length
  }

  get memory(): number {
    return this.ownBytes + this.pending.memory
  }

  clone(ledger: Ledger): Consumer {
    const clone = new Consumer(this.name, this.slot, this.seenTime, this.pending.clone(ledger))
    clone.activeTime = this.activeTime
    return clone
  }
}
