// transaction.ts: what MULTI and WATCH have gathered for one session.

import type { Words } from '../bytes/request.ts'
import type { Database } from './keyspace.ts'
import type { BoundCommand } from './table.ts'

export type Queued = { readonly command: BoundCommand; readonly words: Words }

/** A key as it was when WATCH was called. */
export type Watched = {
  readonly key: string
  readonly database: Database['id']
  /** Whether its time had already come: then its removal changes nothing. */
  readonly expired: boolean
}

export class Transaction {
  /** Between MULTI and EXEC or DISCARD. */
  open = false
  /** A watched key was changed: EXEC answers nil. */
  dirtyCas = false
  /** A command could not be queued: EXEC answers EXECABORT. */
  dirtyExec = false
  queue: Queued[] = []
  watched: Watched[] = []
  /** Bytes held by the queue. */
  queueBytes = 0

  /** Forgets the queue; what is watched stays until the caller unwatches it. */
  reset(): void {
    this.open = false
    this.dirtyCas = false
    this.dirtyExec = false
    this.queue = []
    this.queueBytes = 0
  }
}
