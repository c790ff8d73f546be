// directives-memory.ts: how much memory is used, how it is given back, and when small values
// become big ones.

import { acts, defineDirective, noEffect } from '../../engine/directive.ts'
import { choice, yesNo } from '../../engine/directive-kinds.ts'
import { INT_MAX, INT_MIN, integer, memory, NO_MAX } from '../../engine/directive-numbers.ts'

const count = integer({ min: 0, max: INT_MAX })
const entries = integer({ min: 0, max: NO_MAX, unsigned: true })
const bytes = memory({ min: 0, max: NO_MAX, unsigned: true })
const percent = integer({ min: 1, max: 99 })

const noDefrag = noEffect('The arena reuses blocks by size class and is not defragmented.')
const noLazyFree = noEffect('Values are given back at once, or in bounded steps.')
const notYet = (type: string) => noEffect(`${type} are not available yet.`)

const limits = [
  defineDirective('maxmemory', {
    kind: memory({ min: 0, max: NO_MAX, unsigned: true }),
    initial: '0',
    effect: acts("It limits keys, tables and client buffers; the runtime's own 60 MB come on top."),
  }),
  defineDirective('maxmemory-policy', {
    kind: choice([
      ...['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'],
      ...['allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'noeviction'],
    ]),
    initial: 'noeviction',
    effect: acts(),
  }),
  defineDirective('maxmemory-samples', {
    kind: integer({ min: 1, max: 64 }),
    initial: '5',
    effect: acts(),
  }),
  defineDirective('maxmemory-eviction-tenacity', {
    kind: integer({ min: 0, max: 100 }),
    initial: '10',
    effect: acts(),
  }),
  defineDirective('lfu-log-factor', { kind: count, initial: '10', effect: acts() }),
  defineDirective('lfu-decay-time', { kind: count, initial: '1', effect: acts() }),
  defineDirective('active-expire-effort', {
    kind: integer({ min: 1, max: 10 }),
    initial: '1',
    effect: acts(),
  }),
  defineDirective('lazyexpire-nested-arbitrary-keys', {
    kind: yesNo,
    initial: 'yes',
    hidden: true,
    effect: noEffect('Scripts, which it is about, are not available yet.'),
  }),
]

const upkeep = [
  defineDirective('activerehashing', {
    kind: yesNo,
    initial: 'yes',
    effect: noEffect('Tables grow step by step with their use and need no time of their own.'),
  }),
  ...[
    ...['lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lazyfree-lazy-server-del'],
    ...['lazyfree-lazy-user-del', 'lazyfree-lazy-user-flush'],
  ].map((name) => defineDirective(name, { kind: yesNo, initial: 'no', effect: noLazyFree })),
  defineDirective('jemalloc-bg-thread', {
    kind: yesNo,
    initial: 'yes',
    effect: noEffect('There is no jemalloc.'),
  }),
  defineDirective('activedefrag', { kind: yesNo, initial: 'no', effect: noDefrag }),
  defineDirective('active-defrag-cycle-min', { kind: percent, initial: '1', effect: noDefrag }),
  defineDirective('active-defrag-cycle-max', { kind: percent, initial: '25', effect: noDefrag }),
  defineDirective('active-defrag-threshold-lower', {
    kind: integer({ min: 0, max: 1000 }),
    initial: '10',
    effect: noDefrag,
  }),
  defineDirective('active-defrag-threshold-upper', {
    kind: integer({ min: 0, max: 1000 }),
    initial: '100',
    effect: noDefrag,
  }),
  defineDirective('active-defrag-ignore-bytes', {
    kind: memory({ min: 1, max: NO_MAX, unsigned: true }),
    initial: '100mb',
    effect: noDefrag,
  }),
  defineDirective('active-defrag-max-scan-fields', {
    kind: integer({ min: 1, max: NO_MAX }),
    initial: '1000',
    effect: noDefrag,
  }),
]

const thresholds = [
  defineDirective('hash-max-listpack-entries', {
    kind: entries,
    initial: '512',
    alias: 'hash-max-ziplist-entries',
    effect: acts(),
  }),
  defineDirective('hash-max-listpack-value', {
    kind: bytes,
    initial: '64',
    alias: 'hash-max-ziplist-value',
    effect: acts(),
  }),
  defineDirective('list-max-listpack-size', {
    kind: integer({ min: INT_MIN, max: INT_MAX }),
    initial: '-2',
    alias: 'list-max-ziplist-size',
    effect: acts(),
  }),
  defineDirective('list-compress-depth', { kind: count, initial: '0', effect: acts() }),
  defineDirective('set-max-intset-entries', {
    kind: entries,
    initial: '512',
    effect: acts(),
  }),
  defineDirective('set-max-listpack-entries', {
    kind: entries,
    initial: '128',
    effect: acts(),
  }),
  defineDirective('set-max-listpack-value', {
    kind: entries,
    initial: '64',
    effect: acts(),
  }),
  defineDirective('zset-max-listpack-entries', {
    kind: entries,
    initial: '128',
    alias: 'zset-max-ziplist-entries',
    effect: acts(),
  }),
  defineDirective('zset-max-listpack-value', {
    kind: bytes,
    initial: '64',
    alias: 'zset-max-ziplist-value',
    effect: acts(),
  }),
  defineDirective('hll-sparse-max-bytes', {
    kind: bytes,
    initial: '3000',
    effect: acts(),
  }),
  defineDirective('stream-node-max-bytes', {
    kind: bytes,
    initial: '4096',
    effect: acts(),
  }),
  defineDirective('stream-node-max-entries', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '100',
    effect: acts(),
  }),
  defineDirective('vset-force-single-threaded-execution', {
    kind: yesNo,
    initial: 'no',
    effect: notYet('Vector sets'),
  }),
]

export const memoryDirectives = [...limits, ...upkeep, ...thresholds]
