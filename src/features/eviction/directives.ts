// directives.ts: how much memory is used, and which keys go when it is reached.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { choice } from '../../engine/config/directive-kinds.ts'
import { INT_MAX, integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const count = integer({ min: 0, max: INT_MAX })

export const directives = [
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
]
