// index.ts: the module of the commands that see a string as a row of bits.

import { defineModule } from '../../engine/module.ts'
import { bitCommands } from './bit.ts'
import { bitfieldCommands } from './bitfield.ts'
import { bitopCommands } from './bitop.ts'
import { scanCommands } from './scan.ts'

export const bitmaps = defineModule({
  name: 'bitmap',
  commands: [...bitCommands, ...scanCommands, ...bitopCommands, ...bitfieldCommands],
})
