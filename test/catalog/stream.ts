// stream.ts: commands for streams.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const streamCommands: readonly Declaration[] = [
  {
    name: 'XADD',
    group: 'stream',
    since: '5.0.0',
    summary: 'Appends an entry to a stream, and trims it on request.',
    complexity: 'O(1), and O(N) for N entries trimmed',
    syntax:
      'key [NOMKSTREAM]@6.2 [KEEPREF | DELREF | ACKED] ' +
      '[trim: (strategy: MAXLEN | MINID@6.2) [operator: equal:= | approximately:~] threshold ' +
      '[LIMIT count:int]@6.2] (id-selector: auto-id:* | id) (field value)+',
    keys: [{ flags: 'RW update', note: 'updates because it may trim' }],
    flags: ['write', 'denyoom', 'fast'],
    tips: ['nondeterministic_output'],
    history: [
      ['6.2.0', 'takes NOMKSTREAM, MINID and LIMIT'],
      ['7.0.0', 'an id may leave its second half open, as in 5-*'],
      ['8.2.0', 'takes KEEPREF, DELREF and ACKED'],
    ],
  },
  {
    name: 'XLEN',
    group: 'stream',
    since: '5.0.0',
    summary: 'Counts the entries of a stream.',
    complexity: 'O(1)',
    syntax: 'key',
    keys: 'RO',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'XRANGE',
    group: 'stream',
    since: '5.0.0',
    summary: 'Lists the entries between two ids.',
    complexity: 'O(N) for N entries returned',
    syntax: 'key start end [COUNT count:int]',
    keys: 'RO access',
    flags: ['readonly'],
    history: [['6.2.0', 'limits may be exclusive']],
  },
  {
    name: 'XREVRANGE',
    group: 'stream',
    since: '5.0.0',
    summary: 'Lists the entries between two ids, the latest first.',
    complexity: 'O(N) for N entries returned',
    syntax: 'key end start [COUNT count:int]',
    keys: 'RO access',
    flags: ['readonly'],
    history: [['6.2.0', 'limits may be exclusive']],
  },
  {
    name: 'XREAD',
    group: 'stream',
    since: '5.0.0',
    summary: 'Reads new entries of streams, and waits for some on request.',
    syntax: '[COUNT count:int] [BLOCK milliseconds:int] STREAMS (key+ id+)',
    keys: 'RO access',
    flags: ['readonly', 'blocking'],
  },
  {
    name: 'XDEL',
    group: 'stream',
    since: '5.0.0',
    summary: 'Deletes entries of a stream.',
    complexity: 'O(1) for each entry',
    syntax: 'key id+',
    keys: 'RW delete',
    flags: ['write', 'fast'],
  },
  {
    name: 'XDELEX',
    group: 'stream',
    since: '8.2.0',
    summary: 'Deletes entries of a stream and says what becomes of references to them.',
    complexity: 'O(1) for each entry',
    syntax: 'key [KEEPREF | DELREF | ACKED] IDS (numids:int id+)',
    keys: 'RW delete',
    flags: ['write', 'fast'],
  },
  {
    name: 'XTRIM',
    group: 'stream',
    since: '5.0.0',
    summary: 'Removes the oldest entries of a stream.',
    complexity: 'O(N) for N entries removed, with a small constant',
    syntax:
      'key (trim: (strategy: MAXLEN | MINID@6.2) [operator: equal:= | approximately:~] threshold ' +
      '[LIMIT count:int]@6.2 [KEEPREF | DELREF | ACKED])',
    keys: 'RW delete',
    flags: ['write'],
    tips: ['nondeterministic_output'],
    history: [
      ['6.2.0', 'takes MINID and LIMIT'],
      ['8.2.0', 'takes KEEPREF, DELREF and ACKED'],
    ],
  },
  {
    name: 'XSETID',
    group: 'stream',
    since: '5.0.0',
    summary: "Sets a stream's last id, as its replicas are told.",
    complexity: 'O(1)',
    syntax: 'key last-id [ENTRIESADDED entries-added:int]@7.0 [MAXDELETEDID max-deleted-id]@7.0',
    keys: 'RW update',
    flags: ['write', 'denyoom', 'fast'],
    history: [['7.0.0', 'takes ENTRIESADDED and MAXDELETEDID']],
  },
]
