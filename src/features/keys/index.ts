// index.ts: the module of commands for keys, whatever their type.

import { defineModule } from '../../engine/contract/module.ts'
import { allCommands } from './all.ts'
import { copy } from './copy.ts'
import { databaseCommands } from './databases.ts'
import { dump } from './dump.ts'
import { existsCommands } from './exists.ts'
import { flushCommands } from './flush.ts'
import { memory } from './memory.ts'
import { object } from './object.ts'
import { removeCommands } from './remove.ts'
import { renameCommands } from './rename.ts'
import { restoreCommands } from './restore.ts'
import { scan } from './scan.ts'

export const keys = defineModule({
  name: 'keys',
  commands: [
    ...removeCommands,
    ...existsCommands,
    ...allCommands,
    scan,
    ...renameCommands,
    copy,
    ...databaseCommands,
    dump,
    ...restoreCommands,
    ...flushCommands,
    object,
    memory,
  ],
})
