// index.ts: the module with which clients look at the commands themselves.

import { defineModule } from '../../engine/contract/module.ts'
import { command } from './command.ts'

export const introspection = defineModule({ name: 'introspection', commands: [command] })
