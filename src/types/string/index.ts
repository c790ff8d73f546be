// index.ts: the module of the string type.

import { defineModule } from '../../engine/contract/module.ts'
import { getCommands } from './commands/get.ts'
import { incrementCommands } from './commands/increment.ts'
import { lcsCommands } from './commands/lcs.ts'
import { manyCommands } from './commands/many.ts'
import { rangeCommands } from './commands/range.ts'
import { setCommands } from './commands/set.ts'
import { stringType } from './type.ts'

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
