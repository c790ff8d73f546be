// index.ts: the module of the string type.

import { defineModule } from '../../engine/module.ts'
import { get } from './get.ts'
import { setCommands } from './set.ts'
import { stringType } from './string.ts'

export const strings = defineModule({
  name: 'string',
  types: [stringType],
  commands: [get, ...setCommands],
})
