// directives-memory.ts: how memory is given back: mostly what an allocator in C wants to be told.

import { defineDirective, noEffect } from '../../engine/config/directive.ts'
import { yesNo } from '../../engine/config/directive-kinds.ts'
import { integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const percent = integer({ min: 1, max: 99 })

const noDefrag = noEffect('The arena reuses blocks by size class and is not defragmented.')
const noLazyFree = noEffect('Values are given back at once, or in bounded steps.')
const notYet = (type: string) => noEffect(`${type} are not available yet.`)

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
  defineDirective('vset-force-single-threaded-execution', {
    kind: yesNo,
    initial: 'no',
    effect: notYet('Vector sets'),
  }),
]

export const memoryDirectives = [...upkeep, ...thresholds]
