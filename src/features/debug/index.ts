// index.ts: the module of DEBUG.

import { defineModule } from '../../engine/module.ts'
import { debug } from './debug.ts'

export const debugging = defineModule({ name: 'debug', commands: [debug] })
