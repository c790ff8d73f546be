// bitmap.ts: commands for strings seen as rows of bits.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'
import { bitfieldKeys } from '#src/engine/key-finders.js'

export const bitmapCommands: readonly Declaration[] = [
  {
    name: 'GETBIT',
    group: 'bitmap',
    since: '2.2.0',
    summary: 'Reads one bit of a string.',
    complexity: 'O(1)',
    syntax: 'key offset:int',
    keys: 'RO access',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'SETBIT',
    group: 'bitmap',
    since: '2.2.0',
    summary: 'Writes one bit of a string, which grows as needed, and answers the old one.',
    complexity: 'O(1)',
    syntax: 'key offset:int value:int',
    keys: 'RW access update',
    flags: ['write', 'denyoom'],
  },
  {
    name: 'BITCOUNT',
    group: 'bitmap',
    since: '2.6.0',
    summary: 'Counts the bits that are set, in a string or a part of it.',
    complexity: 'O(N)',
    syntax: 'key [range: start:int end:int [unit: BYTE | BIT]@7.0]',
    keys: 'RO access',
    flags: ['readonly'],
    history: [['7.0.0', 'takes BYTE and BIT']],
  },
  {
    name: 'BITPOS',
    group: 'bitmap',
    since: '2.8.7',
    summary: 'Finds the first bit that is set, or clear.',
    complexity: 'O(N)',
    syntax: 'key bit:int [range: start:int [end-unit-block: end:int [unit: BYTE | BIT]@7.0]]',
    keys: 'RO access',
    flags: ['readonly'],
    history: [['7.0.0', 'takes BYTE and BIT']],
  },
  {
    name: 'BITOP',
    group: 'bitmap',
    since: '2.6.0',
    summary: 'Combines strings bit by bit and stores the result.',
    complexity: 'O(N) for N bytes of the longest string',
    syntax: '(operation: AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE) destkey:key key+',
    keys: ['OW update', 'RO access'],
    flags: ['write', 'denyoom'],
  },
  {
    name: 'BITFIELD',
    group: 'bitmap',
    since: '3.2.0',
    summary: 'Reads, writes and increments integers of any width inside a string.',
    complexity: 'O(1) for each operation',
    syntax:
      'key [operation: GET (get-block: encoding offset:int) | ' +
      '(write: [OVERFLOW (overflow-block: WRAP | SAT | FAIL)] (write-operation: ' +
      'SET (set-block: encoding offset:int value:int) | ' +
      'INCRBY (incrby-block: encoding offset:int increment:int)))]*',
    keys: [
      {
        flags: 'RW access update variable_flags',
        note: 'reads only, writes only or both: the operations decide',
      },
    ],
    keysOf: bitfieldKeys,
    flags: ['write', 'denyoom'],
  },
  {
    name: 'BITFIELD_RO',
    group: 'bitmap',
    since: '6.0.0',
    summary: 'Reads integers of any width inside a string.',
    complexity: 'O(1) for each operation',
    syntax: 'key [GET (get-block: encoding offset:int)]*',
    keys: 'RO access',
    flags: ['readonly', 'fast'],
  },
]
