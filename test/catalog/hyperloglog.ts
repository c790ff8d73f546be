// hyperloglog.ts: commands for estimated counts.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const hyperloglogCommands: readonly Declaration[] = [
  {
    name: 'PFADD',
    group: 'hyperloglog',
    since: '2.8.9',
    summary: 'Adds elements to a HyperLogLog.',
    complexity: 'O(1) for each element',
    syntax: 'key element*',
    keys: 'RW insert',
    flags: ['write', 'denyoom', 'fast'],
  },
  {
    name: 'PFCOUNT',
    group: 'hyperloglog',
    since: '2.8.9',
    summary: 'Estimates how many different elements HyperLogLogs have seen.',
    complexity: 'O(1) for one key, O(N) with a large constant for N',
    syntax: 'key+',
    keys: [{ flags: 'RW access', note: 'may store the count it has worked out inside the value' }],
    flags: ['readonly', 'may_replicate'],
  },
  {
    name: 'PFMERGE',
    group: 'hyperloglog',
    since: '2.8.9',
    summary: 'Unites HyperLogLogs into one.',
    complexity: 'O(N) with a large constant for N of them',
    syntax: 'destkey:key sourcekey:key*',
    keys: ['RW access insert', 'RO access'],
    flags: ['write', 'denyoom'],
  },
  {
    name: 'PFDEBUG',
    group: 'hyperloglog',
    since: '2.8.9',
    summary: "Shows the inside of a HyperLogLog to the server's developers.",
    complexity: 'depends on what is asked',
    syntax: 'subcommand key',
    keys: 'RW access',
    flags: ['write', 'denyoom', 'admin'],
    system: true,
  },
  {
    name: 'PFSELFTEST',
    group: 'hyperloglog',
    since: '2.8.9',
    summary: 'Checks the HyperLogLog code against itself.',
    complexity: 'depends on the build',
    flags: ['admin'],
    system: true,
  },
]
