// index.ts: the module of the commands that see a string as a row of bits.

import { defineModule } from '../../engine/contract/module.ts'
import { bitCommands } from './commands/bit.ts'
import { bitfieldCommands } from './commands/bitfield.ts'
import { bitopCommands } from './commands/bitop.ts'
import { scanCommands } from './commands/scan.ts'

export const bitmaps = defineModule({
  name: 'bitmap',
  commands: [...bitCommands, ...scanCommands, ...bitopCommands, ...bitfieldCommands],
})
