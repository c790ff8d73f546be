// generic.ts: commands for keys of any type.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command/command.js'
import { migrateKeys } from '#src/engine/command/key-finders.js'

export const genericCommands: readonly Declaration[] = [
  {
    name: 'MIGRATE',
    group: 'generic',
    since: '2.6.0',
    summary:
      'Moves keys to another server in one step, which either side sees whole or not at all.',
    complexity: 'that of DUMP and DEL here and of RESTORE there, and O(N) for N bytes on the way',
    syntax:
      'host port:int (key-selector: key | empty-string:"") destination-db:int timeout:int ' +
      '[COPY]@3.0 [REPLACE]@3.0 ' +
      '[authentication: AUTH auth=password@4.0.7 | AUTH2 (username password)@6.0] ' +
      '[KEYS keys:key=key+]@3.0.6',
    keys: [
      'RW access delete',
      {
        flags: 'RW access delete incomplete',
        begin: { type: 'keyword', keyword: 'KEYS', startFrom: -2 },
      },
    ],
    keysOf: migrateKeys,
    flags: ['write'],
    tips: ['nondeterministic_output'],
    categories: ['keyspace', 'dangerous'],
    history: [
      ['3.0.0', 'takes COPY and REPLACE'],
      ['3.0.6', 'takes KEYS'],
      ['4.0.7', 'takes AUTH'],
      ['6.0.0', 'takes AUTH2'],
    ],
  },
]
