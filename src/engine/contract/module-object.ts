// module-object.ts: a value of a type that an author declared, and its place in the ledger.

import type { Ledger } from '../../bytes/memory/ledger.ts'
import type { TypedObject } from '../keyspace/objects.ts'
import type { DataType } from './datatype.ts'

/** What is done with a value when it changes or goes. */
export type Care<T> = { bytes(value: T): number; free(value: T): void }

export class ModuleObject<T> implements TypedObject {
  readonly type: DataType<T>
  readonly value: T
  memory = 0
  private readonly care: Care<T>
  private readonly ledger: Ledger
  private isHeld = true

  constructor(type: DataType<T>, care: Care<T>, value: T, ledger: Ledger) {
    this.type = type
    this.value = value
    this.care = care
    this.ledger = ledger
    this.measure()
  }

  /** Lets somebody change the value, and measures it again whatever comes of that. */
  edit<R>(edit: (value: T) => R): R {
    try {
      return edit(this.value)
    } finally {
      this.measure()
    }
  }

  dispose(): void {
    this.enter(0)
    this.isHeld = false
    this.care.free(this.value)
  }

  private measure(): void {
    // An edit can run commands, and one of those can have removed the key.
    if (this.isHeld) this.enter(this.care.bytes(this.value))
  }

  private enter(bytes: number): void {
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new Error(`a value of type ${this.type.name} cannot take ${bytes} bytes`)
    }
    this.ledger.bytes += bytes - this.memory
    this.memory = bytes
  }
}
