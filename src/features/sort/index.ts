// index.ts: the module of SORT.

import { defineModule } from '../../engine/contract/module.ts'
import { sortCommands } from './sort.ts'

export const sorting = defineModule({ name: 'sort', commands: sortCommands })
