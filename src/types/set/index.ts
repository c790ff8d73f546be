// index.ts: the module of the set type.

import { defineModule } from '../../engine/module.ts'
import { changeCommands } from './change.ts'
import { differenceCommands } from './difference.ts'
import { directives } from './directives.ts'
import { intersectCommands } from './intersect.ts'
import { popCommands } from './pop.ts'
import { randomCommands } from './random.ts'
import { readCommands } from './read.ts'
import { setType } from './set-type.ts'
import { unionCommands } from './union.ts'

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
    onStart({ config, limits }) {
      config.follow<number>('set-max-intset-entries', ({ value }) => {
        limits.setIntegers = value
      })
      config.follow<number>('set-max-listpack-entries', ({ value }) => {
        limits.setEntries = value
      })
      config.follow<number>('set-max-listpack-value', ({ value }) => {
        limits.setValue = value
      })
    },
  },
})
