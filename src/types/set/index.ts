// index.ts: the module of the set type.

import { defineModule } from '../../engine/contract/module.ts'
import { changeCommands } from './commands/change.ts'
import { differenceCommands } from './commands/difference.ts'
import { intersectCommands } from './commands/intersect.ts'
import { popCommands } from './commands/pop.ts'
import { randomCommands } from './commands/random.ts'
import { readCommands } from './commands/read.ts'
import { unionCommands } from './commands/union.ts'
import { directives } from './directives.ts'
import { setLimits } from './limits.ts'
import { setType } from './type.ts'

export const sets = defineModule({
  name: 'set',
  types: [setType],
  commands: [
    ...changeCommands,
    ...readCommands,
    ...popCommands,
    ...randomCommands,
    ...intersectCommands,
    ...unionCommands,
    ...differenceCommands,
  ],
  directives,
  hooks: {
    onStart(engine) {
      const { config } = engine
      const limits = engine.limits.of(setLimits)
      config.follow<number>('set-max-intset-entries', ({ value }) => {
        limits.integers = value
      })
      config.follow<number>('set-max-listpack-entries', ({ value }) => {
        limits.entries = value
      })
      config.follow<number>('set-max-listpack-value', ({ value }) => {
        limits.value = value
      })
    },
  },
})
