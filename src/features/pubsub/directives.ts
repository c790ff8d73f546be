// directives.ts: which keyspace events clients are told.

import { acts, defineDirective } from '../../engine/directive.ts'
import { eventClasses } from '../../engine/directive-specials.ts'

export const directives = [
  defineDirective('notify-keyspace-events', {
    kind: eventClasses,
    initial: '',
    effect: acts(),
  }),
]
