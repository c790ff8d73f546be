// directives.ts: how large the nodes of a list become, and which are compressed.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { INT_MAX, INT_MIN, integer } from '../../engine/config/directive-numbers.ts'

const count = integer({ min: 0, max: INT_MAX })

export const directives = [
  defineDirective('list-max-listpack-size', {
    kind: integer({ min: INT_MIN, max: INT_MAX }),
    initial: '-2',
    alias: 'list-max-ziplist-size',
    effect: acts(),
  }),
  defineDirective('list-compress-depth', { kind: count, initial: '0', effect: acts() }),
]
