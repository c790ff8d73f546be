// index.ts: the module of DEBUG.

import { defineModule } from '../../engine/contract/module.ts'
import { debug } from './debug.ts'
import { directives } from './directives.ts'

export const debugging = defineModule({ name: 'debug', commands: [debug], directives })
