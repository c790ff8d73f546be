// directives.ts: what INFO shows of latencies.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { yesNo } from '../../engine/config/directive-kinds.ts'
import { percentiles } from '../../engine/config/directive-specials.ts'

export const directives = [
  defineDirective('latency-tracking', { kind: yesNo, initial: 'yes', effect: acts() }),
  defineDirective('latency-tracking-info-percentiles', {
    kind: percentiles,
    initial: '50 99 99.9',
    effect: acts(),
  }),
]
