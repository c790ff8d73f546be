// arena.test.ts: blocks against a twin that knows what was written into each of them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { Arena, BLOCK_MAX, classBytes, classOf, UNIT_MASK, UNIT_SHIFT } from './arena.ts'

const MIB = 1 << 20

describe('size classes', () => {
  it('hold every size with at most an eighth of waste', () => {
    for (let size = 1; size <= BLOCK_MAX; size++) {
      const bytes = classBytes(classOf(size))
      assert.ok(bytes >= size, `${size} does not fit ${bytes}`)
      assert.ok(bytes - size < Math.max(8, size / 8), `${size} wastes ${bytes - size}`)
      assert.equal(bytes % 8, 0)
    }
    assert.equal(classBytes(classOf(BLOCK_MAX)), BLOCK_MAX)
  })

  it('are numbered in ascending order', () => {
    for (let i = 1; i < classOf(BLOCK_MAX); i++) {
      assert.equal(classOf(classBytes(i)), i)
      assert.equal(classOf(classBytes(i) + 1), i + 1)
    }
  })
})

/** The naive twin: each block has its size and a stamp that fills it. */
type Block = { ref: number; size: number; stamp: number }

class Twin {
  readonly arena = new Arena()
  readonly blocks: Block[] = []
  used = 0
  private stamp = 0

  allocate(size: number): void {
    const ref = this.arena.allocate(size)
    const stamp = (this.stamp = (this.stamp + 1) & 0xff)
    this.bytesOf(ref, size).fill(stamp)
    this.blocks.push({ ref, size, stamp })
    this.used += classBytes(classOf(size))
  }

  free(place: number): void {
    const block = this.blocks[place]!
    this.check(block)
    this.arena.free(block.ref)
    this.used -= classBytes(classOf(block.size))
    this.blocks[place] = this.blocks[this.blocks.length - 1]!
    this.blocks.pop()
  }

  check({ ref, size, stamp }: Block): void {
    assert.equal(this.arena.capacity(ref), classBytes(classOf(size)))
    const bytes = this.bytesOf(ref, size)
    // The first byte that is something else, by native code: most of the test's time is here.
    const other = Buffer.compare(bytes, Buffer.alloc(size, stamp))
    assert.equal(other, 0, `block ${ref} was written over`)
  }

  private bytesOf(ref: number, size: number): Uint8Array {
    const at = (ref & UNIT_MASK) << 3
    return this.arena.bytes[ref >>> UNIT_SHIFT]!.subarray(at, at + size)
  }
}

/** Mostly small, like entries of a keyspace. */
function anySize(random: Random): number {
  const limit = [32, 64, 128, 512, 4096, BLOCK_MAX][random.below(6)]!
  return 1 + random.below(limit)
}

describe('an arena', () => {
  it('keeps blocks apart through 200,000 random operations', () => {
    const random = new Random(1)
    const twin = new Twin()
    for (let i = 0; i < 200_000; i++) {
      // The number of blocks swings between a few and some thousands.
      const growing = Math.floor(i / 20_000) % 2 === 0
      if (twin.blocks.length === 0 || random.fraction() < (growing ? 0.6 : 0.4)) {
        twin.allocate(anySize(random))
      } else twin.free(random.below(twin.blocks.length))
      if (i % 20_000 === 0) twin.arena.verify()
    }
    assert.equal(twin.arena.used, twin.used)
    for (const block of twin.blocks) twin.check(block)
  })

  it('gives its segments back when nothing is left', () => {
    const random = new Random(2)
    const twin = new Twin()
    while (twin.arena.reserved < 20 * MIB) twin.allocate(anySize(random))
    while (twin.blocks.length > 0) twin.free(random.below(twin.blocks.length))
    twin.arena.verify()
    assert.equal(twin.arena.used, 0)
    twin.arena.trim()
    twin.arena.verify()
    assert.equal(twin.arena.reserved, MIB, 'one segment stays')
    while (twin.arena.reserved < 5 * MIB) twin.allocate(anySize(random))
    twin.arena.verify()
    for (const block of twin.blocks) twin.check(block)
  })

  it('uses the pages of one size for another once they are empty', () => {
    const twin = new Twin()
    for (let i = 0; i < 100_000; i++) twin.allocate(64)
    const most = twin.arena.reserved
    while (twin.blocks.length > 0) twin.free(twin.blocks.length - 1)
    for (let i = 0; i < 3000; i++) twin.allocate(2048)
    assert.ok(twin.arena.reserved <= most + MIB)
    twin.arena.verify()
  })

  it('uses the freed blocks of full pages again', () => {
    const random = new Random(6)
    const twin = new Twin()
    for (let i = 0; i < 60_000; i++) twin.allocate(64)
    const most = twin.arena.reserved
    for (let i = 0; i < 40_000; i++) twin.free(random.below(twin.blocks.length))
    for (let i = 0; i < 40_000; i++) twin.allocate(64)
    assert.equal(twin.arena.reserved, most)
    twin.arena.verify()
  })

  it('never hands out the ref 0', () => {
    const arena = new Arena()
    for (const size of [1, 8, 24, BLOCK_MAX]) assert.notEqual(arena.allocate(size), 0)
  })
})

describe('outsized blocks', () => {
  it('are counted exactly and leave nothing behind', () => {
    const random = new Random(3)
    const arena = new Arena()
    const slots: number[] = []
    let bytes = 0
    for (let i = 0; i < 2000; i++) {
      if (slots.length === 0 || random.below(2) === 0) {
        const slot = arena.allocateOutsized(BLOCK_MAX + random.below(50_000))
        slots.push(slot)
        bytes += arena.outsizedBytes(slot)
      } else {
        const [slot] = slots.splice(random.below(slots.length), 1)
        bytes -= arena.outsizedBytes(slot!)
        arena.freeOutsized(slot!)
      }
      assert.equal(arena.used, bytes)
    }
    arena.verify()
    for (const slot of slots) arena.freeOutsized(slot)
    assert.equal(arena.used, 0)
    assert.equal(arena.reserved, 0)
  })

  it('grow and shrink with their begin kept and the rest zero', () => {
    const random = new Random(4)
    const arena = new Arena()
    const slot = arena.allocateOutsized(20_000)
    let twin = new Uint8Array(20_000)
    for (let i = 0; i < 500; i++) {
      const length = 15_000 + random.below(30_000)
      const before = twin
      twin = new Uint8Array(length)
      twin.set(before.subarray(0, length))
      const bytes = arena.resizeOutsized(slot, length)
      assert.deepEqual(bytes, twin)
      const at = random.below(length)
      bytes[at] = twin[at] = random.below(256)
    }
    arena.verify()
  })

  it('that are lent are changed in a copy', () => {
    const arena = new Arena()
    const slot = arena.allocateOutsized(20_000)
    const lent = arena.outsized[slot]!
    assert.equal(arena.writableOutsized(slot), lent)
    arena.lend(slot)
    assert.ok(!arena.isOwn(slot, 20_000))
    arena.writableOutsized(slot)[0] = 7
    assert.equal(lent[0], 0)
    assert.equal(arena.outsized[slot]![0], 7)
    assert.ok(arena.isOwn(slot, 20_000))
    arena.lend(slot)
    const second = arena.outsized[slot]!
    arena.resizeOutsized(slot, 20_001)[1] = 9
    assert.equal(second[1], 0)
  })
})
