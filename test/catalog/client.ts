// client.ts: commands for connections, seen from one of them.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command/command.js'

export const clientCommands: readonly Declaration[] = [
  {
    name: 'CLIENT TRACKING',
    group: 'connection',
    since: '6.0.0',
    summary: 'Turns on, or off, messages about changes of keys this connection has read.',
    complexity: 'O(1) in most cases',
    syntax:
      '(status: ON | OFF) [REDIRECT client-id:int] [PREFIX prefix]* ' +
      '[BCAST] [OPTIN] [OPTOUT] [NOLOOP]',
    flags: ['noscript', 'loading', 'stale'],
  },
  {
    name: 'CLIENT TRACKINGINFO',
    group: 'connection',
    since: '6.2.0',
    summary: 'Tells how tracking is set up for this connection.',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale'],
  },
  {
    name: 'CLIENT CACHING',
    group: 'connection',
    since: '6.0.0',
    summary: 'Says for the next command whether its keys are tracked.',
    complexity: 'O(1)',
    syntax: '(mode: YES | NO)',
    flags: ['noscript', 'loading', 'stale'],
  },
  {
    name: 'CLIENT GETREDIR',
    group: 'connection',
    since: '6.0.0',
    summary: 'Tells to which connection invalidation messages go.',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale'],
  },
]
