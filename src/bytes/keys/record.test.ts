// record.test.ts: keys of every length, slots and sizes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Arena, UNIT_MASK, UNIT_SHIFT } from '../memory/arena.ts'
import { Span } from '../memory/span.ts'
import {
  freeKey,
  hasKey,
  KEY_MAX,
  keyRoom,
  outerKeyBytes,
  RECORD_HEADER,
  readKey,
  readSlot,
  recordSize,
  valueOffset,
  valueRoom,
  writeRecord,
  writeSlot,
} from './record.ts'

const lengths = [0, 1, 3, 4, 5, 15, 23, 24, 25, 255, 256, 4095, KEY_MAX, KEY_MAX + 1, 70_000]

function keyOf(length: number): Span {
  const bytes = new Uint8Array(length + 7)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + length) & 0xff
  // In the middle of others, as arguments are.
  return new Span(bytes, 3, 3 + length)
}

function record(arena: Arena, key: Span, room: number): number {
  const ref = arena.allocate(recordSize(keyRoom(key.length), room, 0))
  writeRecord(arena, ref, key, room)
  return ref
}

describe('a record', () => {
  it('gives its key back, whatever its length', () => {
    const arena = new Arena()
    const found = new Span()
    for (const length of lengths) {
      const key = keyOf(length)
      const ref = record(arena, key, 10)
      assert.ok(readKey(arena, ref, found).equals(key), `${length} bytes`)
      assert.equal(valueRoom(arena, ref), 10)
      assert.equal(valueOffset(arena, ref), RECORD_HEADER + keyRoom(length))
    }
    arena.verify()
  })

  it('knows its key from one that differs in a byte or in length', () => {
    const arena = new Arena()
    for (const length of lengths) {
      const key = keyOf(length)
      const ref = record(arena, key, 0)
      assert.ok(hasKey(arena, ref, key.bytes, key.start, key.end))
      assert.ok(!hasKey(arena, ref, key.bytes, key.start, key.end + 1))
      if (length === 0) continue
      assert.ok(!hasKey(arena, ref, key.bytes, key.start, key.end - 1))
      for (const at of [key.start, key.end - 1]) {
        key.bytes[at]! ^= 1
        assert.ok(!hasKey(arena, ref, key.bytes, key.start, key.end), `byte ${at} of ${length}`)
        key.bytes[at]! ^= 1
      }
    }
  })

  it('does not take its value for a part of its key', () => {
    const arena = new Arena()
    const longer = new Span(new Uint8Array([7, 7, 7, 7]))
    const ref = record(arena, new Span(new Uint8Array([7, 7])), 2)
    const at = ((ref & UNIT_MASK) << 3) + valueOffset(arena, ref)
    arena.bytes[ref >>> UNIT_SHIFT]!.fill(7, at, at + 2)
    assert.ok(!hasKey(arena, ref, longer.bytes, 0, 3))
    assert.ok(!hasKey(arena, ref, longer.bytes, 0, 4))
    assert.ok(hasKey(arena, ref, longer.bytes, 0, 2))
  })

  it('holds a long key outside and frees it', () => {
    const arena = new Arena()
    for (const length of lengths) {
      const ref = record(arena, keyOf(length), 4)
      assert.equal(outerKeyBytes(arena, ref) > 0, length > KEY_MAX)
      assert.equal(arena.used, arena.capacity(ref) + outerKeyBytes(arena, ref))
      freeKey(arena, ref)
      arena.free(ref)
      assert.equal(arena.used, 0)
    }
  })

  it('holds slot numbers at any offset', () => {
    const arena = new Arena()
    for (let length = 0; length < 9; length++) {
      const ref = record(arena, keyOf(length), 4)
      for (const slot of [0, 1, 255, 65_536, 0x7fffffff]) {
        writeSlot(arena, ref, valueOffset(arena, ref), slot)
        assert.equal(readSlot(arena, ref, valueOffset(arena, ref)), slot)
      }
      assert.ok(readKey(arena, ref, new Span()).equals(keyOf(length)))
    }
  })

  it('is padded to words in front of the trailer', () => {
    assert.equal(recordSize(0, 0, 0), 12)
    assert.equal(recordSize(1, 0, 0), 16)
    assert.equal(recordSize(15, 32, 0), 60)
    assert.equal(recordSize(15, 32, 3), 72)
  })
})
