// index.ts: the module of the commands that see a sorted set as places on the globe.

import { defineModule } from '../../engine/module.ts'
import { addCommands } from './add.ts'
import { positionCommands } from './position.ts'
import { radiusCommands } from './radius.ts'
import { searchCommands } from './search.ts'

export const geo = defineModule({
  name: 'geo',
  commands: [...addCommands, ...positionCommands, ...searchCommands, ...radiusCommands],
})
