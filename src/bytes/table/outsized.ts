// outsized.ts: members too long for the chunks of a table, each in a buffer of its own, by slot.
//
// The bytes of a slot never change: a new value takes a new buffer. So clones share them without
// ever copying, and the last holder lists them in the ledger as given up.

import type { Ledger } from '../memory/ledger.ts'

/** What one buffer costs besides its bytes. */
const OVERHEAD = 200

type Holding = { readonly bytes: Uint8Array; holders: number }

export class Outsized {
  /** Bytes of all slots, as entered in the ledger. */
  memory = 0
  private readonly slots: (Holding | undefined)[] = []
  private readonly freeSlots: number[] = []
  private readonly ledger: Ledger

  constructor(ledger: Ledger) {
    this.ledger = ledger
  }

  get(slot: number): Uint8Array {
    return this.slots[slot]!.bytes
  }

  /** Takes bytes that the caller gives up; returns their slot. */
  add(bytes: Uint8Array): number {
    const slot = this.freeSlots.pop() ?? this.slots.length
    this.slots[slot] = { bytes, holders: 1 }
    this.account(bytes.length + OVERHEAD)
    return slot
  }

  free(slot: number): void {
    const holding = this.slots[slot]!
    this.account(-holding.bytes.length - OVERHEAD)
    this.giveUp(holding)
    this.slots[slot] = undefined
    this.freeSlots.push(slot)
  }

  clone(): Outsized {
    const clone = new Outsized(this.ledger)
    for (const holding of this.slots) {
      if (holding !== undefined) holding.holders++
      clone.slots.push(holding)
    }
    for (const slot of this.freeSlots) clone.freeSlots.push(slot)
    clone.account(this.memory)
    return clone
  }

  dispose(): void {
    for (const holding of this.slots) if (holding !== undefined) this.giveUp(holding)
    this.account(-this.memory)
    this.slots.length = 0
    this.freeSlots.length = 0
  }

  private giveUp(holding: Holding): void {
    if (--holding.holders === 0) this.ledger.droppedBytes += holding.bytes.buffer.byteLength
  }

  private account(bytes: number): void {
    this.memory += bytes
    this.ledger.bytes += bytes
  }
}
