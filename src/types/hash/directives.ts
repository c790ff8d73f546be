// directives.ts: when a hash becomes a table.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const entries = integer({ min: 0, max: NO_MAX, unsigned: true })
const bytes = memory({ min: 0, max: NO_MAX, unsigned: true })

export const directives = [
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
]
