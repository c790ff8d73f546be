// ledger.test.ts: one sum for all arenas and tables, and the buffers they gave up.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Arena } from './arena.ts'
import { Ledger } from './ledger.ts'
import { Refs } from './refs.ts'

const MIB = 1 << 20

test('holds the sum of what its arenas and vectors hold', () => {
  const ledger = new Ledger()
  const arenas = [new Arena(ledger), new Arena(ledger)]
  const refs = new Refs(ledger)
  const blocks: [Arena, number][] = []
  for (let i = 0; i < 30_000; i++) {
    const arena = arenas[i % 2]!
    blocks.push([arena, arena.allocate(1 + ((i * 37) % 3000))])
    refs.push(i)
  }
  const slot = arenas[0]!.allocateLarge(100_000)
  const sum = () => arenas[0]!.used + arenas[1]!.used + refs.memory
  assert.equal(ledger.bytes, sum())
  arenas[0]!.resizeLarge(slot, 300_000)
  assert.equal(ledger.bytes, sum())
  arenas[0]!.freeLargeSlot(slot)
  for (const [arena, ref] of blocks) arena.free(ref)
  while (refs.length > 0) refs.pop()
  for (const arena of arenas) arena.verify()
  assert.equal(ledger.bytes, 0)
})

test('lists segments and large blocks that were given up', () => {
  const ledger = new Ledger()
  const arena = new Arena(ledger)
  const blocks = Array.from({ length: 5000 }, () => arena.allocate(1024))
  const slot = arena.allocateLarge(MIB)
  assert.equal(ledger.droppedBytes, 0)
  for (const ref of blocks) arena.free(ref)
  arena.freeLargeSlot(slot)
  arena.trim()
  arena.verify()
  // The first segment stays.
  assert.equal(arena.reserved, MIB)
  assert.equal(ledger.droppedBytes, 5 * MIB)
})

test('leaves out what a socket may still read, and what was taken over', () => {
  const ledger = new Ledger()
  const arena = new Arena(ledger)
  const lent = arena.allocateLarge(MIB)
  arena.lend(lent)
  arena.freeLargeSlot(lent)
  const taken = arena.allocateLarge(MIB)
  assert.equal(arena.takeLarge(taken).length, MIB)
  assert.equal(ledger.droppedBytes, 0)
  assert.equal(arena.used, 0)
})

test('hands buffers out in portions', () => {
  const ledger = new Ledger()
  for (let i = 0; i < 10; i++) ledger.drop(new ArrayBuffer(MIB))
  assert.equal(ledger.take(3 * MIB).length, 3)
  assert.equal(ledger.droppedBytes, 7 * MIB)
  assert.equal(ledger.take(100 * MIB).length, 7)
  assert.deepEqual([ledger.droppedBytes, ledger.take(MIB).length], [0, 0])
})

test('an arena that is disposed of gives everything up', () => {
  const ledger = new Ledger()
  const arena = new Arena(ledger)
  for (let i = 0; i < 5000; i++) arena.allocate(1024)
  arena.allocateLarge(MIB)
  arena.dispose()
  assert.equal(ledger.bytes, 0)
  assert.equal(ledger.droppedBytes, 6 * MIB)
})

test('trim spares a page that is used again', () => {
  const arena = new Arena()
  arena.free(arena.allocate(64))
  const ref = arena.allocate(64)
  arena.trim()
  arena.verify()
  arena.free(ref)
  arena.trim()
  arena.trim()
  arena.verify()
})
