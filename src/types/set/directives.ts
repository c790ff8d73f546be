// directives.ts: when a set becomes a table.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { integer, NO_MAX } from '../../engine/config/directive-numbers.ts'

const entries = integer({ min: 0, max: NO_MAX, unsigned: true })

export const directives = [
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
]
