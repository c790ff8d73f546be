// index.ts: the module of SORT.

import { defineModule } from '../../engine/module.ts'
import { sortCommands } from './sort.ts'

export const sorting = defineModule({ name: 'sort', commands: sortCommands })
