// connection.ts: commands for the connection itself.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const connectionCommands: readonly Declaration[] = [
  {
    name: 'HELLO',
    group: 'connection',
    since: '6.0.0',
    summary: 'Agrees on the protocol, and on user and name in the same step.',
    complexity: 'O(1)',
    syntax: '[arguments: protover:int [AUTH (username password)] [SETNAME clientname]]',
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
    history: [['6.2.0', 'the version may be left out, to ask only']],
  },
  {
    name: 'AUTH',
    group: 'connection',
    since: '1.0.0',
    summary: 'Proves who is connected.',
    complexity: 'O(N) for N passwords of the user',
    syntax: '[username]@6.0 password',
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
    history: [['6.0.0', 'takes a user name']],
  },
  {
    name: 'SELECT',
    group: 'connection',
    since: '1.0.0',
    summary: 'Changes the database of this connection.',
    complexity: 'O(1)',
    syntax: 'index:int',
    flags: ['loading', 'stale', 'fast'],
  },
  {
    name: 'QUIT',
    group: 'connection',
    since: '1.0.0',
    summary: 'Closes this connection after the answer.',
    complexity: 'O(1)',
    arity: -1,
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
    deprecated: '7.2.0',
    replacedBy: 'just closing the connection',
  },
  {
    name: 'RESET',
    group: 'connection',
    since: '6.2.0',
    summary: 'Puts this connection back into its first state.',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  },
]
