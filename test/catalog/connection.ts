// connection.ts: commands for the connection itself.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const connectionCommands: readonly Declaration[] = [
  {
    name: 'SELECT',
    group: 'connection',
    since: '1.0.0',
    summary: 'Changes the database of this connection.',
    complexity: 'O(1)',
    syntax: 'index:int',
    flags: ['loading', 'stale', 'fast'],
  },
]
