// index.ts: the module of connection commands.

import { defineModule } from '../../engine/module.ts'
import { echo, ping } from './ping.ts'

export const connection = defineModule({ name: 'connection', commands: [ping, echo] })
