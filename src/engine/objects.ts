// objects.ts: the values that are objects, by slot. An entry can hold bytes only: it names its
// object by the slot number. The object's type frees whatever the object itself holds.

export class Objects {
  private readonly slots: unknown[] = []
  private readonly freeSlots: number[] = []

  /** Number of objects held. */
  get count(): number {
    return this.slots.length - this.freeSlots.length
  }

  add(value: unknown): number {
    const slot = this.freeSlots.pop() ?? this.slots.length
    this.slots[slot] = value
    return slot
  }

  get(slot: number): unknown {
    return this.slots[slot]
  }

  free(slot: number): void {
    this.slots[slot] = undefined
    this.freeSlots.push(slot)
  }
}
