// index.ts: the module of the string type.

import { defineModule } from '../../engine/module.ts'
import { getCommands } from './get.ts'
import { incrementCommands } from './increment.ts'
import { lcsCommands } from './lcs.ts'
import { manyCommands } from './many.ts'
import { rangeCommands } from './range.ts'
import { setCommands } from './set.ts'
import { stringType } from './string.ts'

export const strings = defineModule({
  name: 'string',
  types: [stringType],
  commands: [
    ...getCommands,
    ...setCommands,
    ...manyCommands,
    ...rangeCommands,
    ...incrementCommands,
    ...lcsCommands,
  ],
})
