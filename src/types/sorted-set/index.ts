// index.ts: the module of the sorted set type.

import { defineModule } from '../../engine/contract/module.ts'
import { addCommands } from './commands/add.ts'
import { algebraCommands } from './commands/algebra.ts'
import { popCommands } from './commands/pop.ts'
import { randomCommands } from './commands/random.ts'
import { rangeCommands } from './commands/range.ts'
import { readCommands } from './commands/read.ts'
import { removeCommands } from './commands/remove.ts'
import { zscan } from './commands/scan.ts'
import { directives } from './directives.ts'
import { followSettings } from './settings.ts'
import { sortedSetType } from './type.ts'

export const sortedSets = defineModule({
  name: 'sorted-set',
  types: [sortedSetType],
  commands: [
    ...addCommands,
    ...removeCommands,
    ...readCommands,
    ...rangeCommands,
    ...popCommands,
    ...algebraCommands,
    ...randomCommands,
    zscan,
  ],
  directives,
  hooks: { onStart: followSettings },
})
