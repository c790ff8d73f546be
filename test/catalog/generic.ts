// generic.ts: commands for keys of any type.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'
import { migrateKeys, sortKeys, sortReadOnlyKeys } from '#src/engine/key-finders.js'

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
  {
    name: 'SORT',
    group: 'generic',
    since: '1.0.0',
    summary: 'Sorts the elements of a list, set or sorted set, and stores them on request.',
    complexity: 'O(N+M*log(M)) for N elements of which M are returned, O(N) unsorted',
    syntax:
      'key [BY by-pattern:pattern=pattern#1] [LIMIT (offset:int count:int)] ' +
      '[GET get-pattern:pattern=pattern#1]* [order: ASC | DESC] [sorting:ALPHA] ' +
      '[STORE destination:key]',
    keys: [
      'RO access',
      {
        flags: 'RO access',
        note: 'the keys of BY and GET are made up from the elements that are sorted',
        begin: { type: 'unknown' },
        find: { type: 'unknown' },
      },
      {
        flags: 'OW update',
        note: 'STORE may stand anywhere behind the key',
        begin: { type: 'unknown' },
        find: { type: 'unknown' },
      },
    ],
    keysOf: sortKeys,
    flags: ['write', 'denyoom'],
    categories: ['set', 'sortedset', 'list', 'dangerous'],
  },
  {
    name: 'SORT_RO',
    group: 'generic',
    since: '7.0.0',
    summary: 'Sorts the elements of a list, set or sorted set.',
    complexity: 'O(N+M*log(M)) for N elements of which M are returned, O(N) unsorted',
    syntax:
      'key [BY by-pattern:pattern=pattern#1] [LIMIT (offset:int count:int)] ' +
      '[GET get-pattern:pattern=pattern#1]* [order: ASC | DESC] [sorting:ALPHA]',
    keys: [
      'RO access',
      {
        flags: 'RO access',
        note: 'the keys of BY and GET are made up from the elements that are sorted',
        begin: { type: 'unknown' },
        find: { type: 'unknown' },
      },
    ],
    keysOf: sortReadOnlyKeys,
    flags: ['readonly'],
    categories: ['set', 'sortedset', 'list', 'dangerous'],
  },
]
