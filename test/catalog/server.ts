// server.ts: commands for the server as a whole.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command/command.js'

export const serverCommands: readonly Declaration[] = [
  {
    name: 'BGSAVE',
    group: 'server',
    since: '1.0.0',
    summary: 'Saves the data set to disk in the background.',
    complexity: 'O(1)',
    syntax: '[SCHEDULE]@3.2.2',
    flags: ['admin', 'noscript', 'no_async_loading'],
    history: [['3.2.2', 'takes SCHEDULE']],
  },
  {
    name: 'BGREWRITEAOF',
    group: 'server',
    since: '1.0.0',
    summary: 'Writes the append-only file anew in the background.',
    complexity: 'O(1)',
    flags: ['admin', 'noscript', 'no_async_loading'],
  },
]
