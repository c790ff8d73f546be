// directives.ts: which keyspace events clients are told.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { eventClasses } from '../../engine/config/directive-specials.ts'

export const directives = [
  defineDirective('notify-keyspace-events', {
    kind: eventClasses,
    initial: '',
    effect: acts(),
  }),
]
