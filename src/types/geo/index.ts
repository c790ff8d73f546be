// index.ts: the module of the commands that see a sorted set as places on the globe.

import { defineModule } from '../../engine/contract/module.ts'
import { addCommands } from './commands/add.ts'
import { positionCommands } from './commands/position.ts'
import { radiusCommands } from './commands/radius.ts'
import { searchCommands } from './commands/search.ts'

export const geo = defineModule({
  name: 'geo',
  commands: [...addCommands, ...positionCommands, ...searchCommands, ...radiusCommands],
})
