// transactions.ts: commands for transactions.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const transactionCommands: readonly Declaration[] = [
  {
    name: 'MULTI',
    group: 'transactions',
    since: '1.2.0',
    summary: 'Opens a transaction: what follows is queued until EXEC.',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  },
  {
    name: 'EXEC',
    group: 'transactions',
    since: '1.2.0',
    summary: 'Runs the commands of a transaction, one after the other and nothing in between.',
    complexity: 'that of the queued commands',
    flags: ['noscript', 'loading', 'stale', 'skip_slowlog'],
  },
  {
    name: 'DISCARD',
    group: 'transactions',
    since: '2.0.0',
    summary: 'Drops the transaction and all that is queued.',
    complexity: 'O(N) for N queued commands',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  },
  {
    name: 'WATCH',
    group: 'transactions',
    since: '2.2.0',
    summary: 'Makes the next EXEC fail if one of the keys changes before it.',
    complexity: 'O(1) for each key',
    syntax: 'key+',
    keys: 'RO',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  },
  {
    name: 'UNWATCH',
    group: 'transactions',
    since: '2.2.0',
    summary: 'Forgets all watched keys.',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  },
]
