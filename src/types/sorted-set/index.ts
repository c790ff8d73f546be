// index.ts: the module of the sorted set type.

import { defineModule } from '../../engine/module.ts'
import { addCommands } from './add.ts'
import { algebraCommands } from './algebra.ts'
import { directives } from './directives.ts'
import { popCommands } from './pop.ts'
import { randomCommands } from './random.ts'
import { rangeCommands } from './range.ts'
import { readCommands } from './read.ts'
import { removeCommands } from './remove.ts'
import { zscan } from './scan.ts'
import { followSettings } from './settings.ts'
import { sortedSetType } from './sorted-set-type.ts'

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
