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
