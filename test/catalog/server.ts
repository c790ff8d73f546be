// server.ts: commands for the server as a whole.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const serverCommands: readonly Declaration[] = [
  {
    name: 'MONITOR',
    group: 'server',
    since: '1.0.0',
    summary: 'Shows every command as the server receives it.',
    flags: ['admin', 'noscript', 'loading', 'stale'],
  },
  {
    name: 'SAVE',
    group: 'server',
    since: '1.0.0',
    summary: 'Saves the data set to disk while everybody waits.',
    complexity: 'O(N) for N keys in all databases',
    flags: ['admin', 'noscript', 'no_async_loading', 'no_multi'],
  },
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
  {
    name: 'LASTSAVE',
    group: 'server',
    since: '1.0.0',
    summary: 'Tells when the data set was last saved, as a Unix time in seconds.',
    complexity: 'O(1)',
    flags: ['loading', 'stale', 'fast'],
    tips: ['nondeterministic_output'],
    categories: ['admin', 'dangerous'],
  },
]
