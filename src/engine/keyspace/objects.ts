// objects.ts: the values that are objects, by slot. An entry can hold bytes only: it names its
// object by the slot number.
//
// An object keeps its bytes in buffers of its own, not in the database's arena: so it is handed to
// another database as it is, freed in the time its few buffers take, however many elements it has,
// and cloned by sharing buffers until one side writes to them.

import type { DataType } from '../contract/datatype.ts'

/** A value in memory of its own. */
export type ValueObject = {
  /** Bytes it holds, as entered in the engine's ledger. */
  readonly memory: number
  /** Gives everything up; the object must not be used again. */
  dispose(): void
}

/** One that says of which type it is: those that share MODULE_ID (entry.ts). */
export type TypedObject = ValueObject & { readonly type: DataType<unknown> }

export class Objects {
  private readonly slots: (ValueObject | undefined)[] = []
  private readonly freeSlots: number[] = []

  /** Number of objects held. */
  get count(): number {
    return this.slots.length - this.freeSlots.length
  }

  add(value: ValueObject): number {
    const slot = this.freeSlots.pop() ?? this.slots.length
    this.slots[slot] = value
    return slot
  }

  get(slot: number): ValueObject {
    return this.slots[slot]!
  }

  /** Takes an object out of its slot, for another place. */
  take(slot: number): ValueObject {
    const value = this.slots[slot]!
    this.slots[slot] = undefined
    this.freeSlots.push(slot)
    return value
  }

  free(slot: number): void {
    this.take(slot).dispose()
  }

  /** Disposes of all objects. */
  dispose(): void {
    for (const value of this.slots) value?.dispose()
  }
}
