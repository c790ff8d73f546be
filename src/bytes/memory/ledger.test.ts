// ledger.test.ts: one sum for all arenas and tables, and another for what they gave up.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Arena } from './arena.ts'
import { Ledger } from './ledger.ts'
import { Vector } from './vector.ts'

const MIB = 1 << 20

test('holds the sum of what its arenas and vectors hold', () => {
  const ledger = new Ledger()
  const arenas = [new Arena(ledger), new Arena(ledger)]
  const refs = new Vector(ledger)
  const blocks: [Arena, number][] = []
  for (let i = 0; i < 30_000; i++) {
    const arena = arenas[i % 2]!
    blocks.push([arena, arena.allocate(1 + ((i * 37) % 3000))])
    refs.push(i)
  }
  const slot = arenas[0]!.allocateOutsized(100_000)
  const sum = () => arenas[0]!.used + arenas[1]!.used + refs.memory
  assert.equal(ledger.bytes, sum())
  arenas[0]!.resizeOutsized(slot, 300_000)
  assert.equal(ledger.bytes, sum())
  arenas[0]!.freeOutsized(slot)
  for (const [arena, ref] of blocks) arena.free(ref)
  while (refs.length > 0) refs.pop()
  for (const arena of arenas) arena.verify()
  assert.equal(ledger.bytes, 0)
})

test('counts segments and outsized blocks that were given up', () => {
  const ledger = new Ledger()
  const arena = new Arena(ledger)
  const blocks = Array.from({ length: 5000 }, () => arena.allocate(1024))
  const slot = arena.allocateOutsized(MIB)
  assert.equal(ledger.droppedBytes, 0)
  for (const ref of blocks) arena.free(ref)
  arena.freeOutsized(slot)
  arena.trim()
  arena.verify()
  // The first segment stays.
  assert.equal(arena.reserved, MIB)
  assert.equal(ledger.droppedBytes, 5 * MIB)
})

test('counts what a socket may still read, but not what was taken over', () => {
  const ledger = new Ledger()
  const arena = new Arena(ledger)
  const lent = arena.allocateOutsized(MIB)
  arena.lend(lent)
  arena.freeOutsized(lent)
  const taken = arena.allocateOutsized(MIB)
  assert.equal(arena.takeOutsized(taken).length, MIB)
  assert.equal(ledger.droppedBytes, MIB)
  assert.equal(arena.used, 0)
})

test('an arena that is disposed of gives everything up', () => {
  const ledger = new Ledger()
  const arena = new Arena(ledger)
  for (let i = 0; i < 5000; i++) arena.allocate(1024)
  arena.allocateOutsized(MIB)
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
