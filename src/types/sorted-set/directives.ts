// directives.ts: when a sorted set becomes a skiplist.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const entries = integer({ min: 0, max: NO_MAX, unsigned: true })
const bytes = memory({ min: 0, max: NO_MAX, unsigned: true })

export const directives = [
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
]
