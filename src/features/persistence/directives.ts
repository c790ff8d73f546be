// directives.ts: the RDB file and the append-only file. Nothing is written by itself
// yet; what asks for that is refused, so that nobody believes data to be safe that is not.

import { acts, defineDirective, noEffect, refuse, refuses } from '../../engine/config/directive.ts'
import { choice, string, yesNo } from '../../engine/config/directive-kinds.ts'
import { INT_MAX, INT_MIN, integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'
import { type SavePoint, savePoints } from '../../engine/config/directive-specials.ts'

const delay = integer({ min: INT_MIN, max: INT_MAX })

const noBackground = noEffect('Nothing is saved in the background yet.')
const noLog = noEffect('The append-only file is not available yet.')

/** A file's name in `dir`; some must not be empty. */
const baseName = (directive: string, what: string, mayBeEmpty: boolean) =>
  string({
    check(name) {
      if (name === '' && !mayBeEmpty) refuse(`${directive} can't be empty`)
      if (/[/\\]/.test(name)) refuse(`${directive} can't be a path, just a ${what}`)
    },
  })

const snapshots = [
  defineDirective('save', {
    kind: savePoints,
    initial: '',
    effect: refuses(
      (points: readonly SavePoint[]) => points.length > 0,
      'Save points are not available yet, only SAVE and SHUTDOWN SAVE write the file: use save "".',
    ),
  }),
  defineDirective('dbfilename', {
    kind: baseName('dbfilename', 'filename', true),
    initial: 'dump.rdb',
    isProtected: true,
    effect: acts(),
  }),
  defineDirective('rdb-version', {
    kind: integer({
      min: 10,
      max: 12,
      check: (version) => {
        if (version === 11) refuse('argument must be 10 or 12')
      },
    }),
    initial: '12',
    effect: acts(
      'Our own: the format of DUMP and of the file; 10 is what Redis 7.0 reads, which knows no ' +
        'fields that expire: they are written without their times.',
    ),
  }),
  defineDirective('rdbcompression', { kind: yesNo, initial: 'yes', effect: acts() }),
  defineDirective('rdbchecksum', {
    kind: yesNo,
    initial: 'yes',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('sanitize-dump-payload', {
    kind: choice(['no', 'yes', 'clients']),
    initial: 'no',
    effect: noEffect('What RESTORE and files bring is always checked in full.'),
  }),
  defineDirective('stop-writes-on-bgsave-error', {
    kind: yesNo,
    initial: 'yes',
    effect: noBackground,
  }),
  defineDirective('rdb-save-incremental-fsync', { kind: yesNo, initial: 'yes', effect: acts() }),
  defineDirective('rdb-del-sync-files', {
    kind: yesNo,
    initial: 'no',
    effect: noEffect('Replication is not available yet.'),
  }),
  defineDirective('rdb-key-save-delay', {
    kind: delay,
    initial: '0',
    hidden: true,
    effect: noBackground,
  }),
  defineDirective('key-load-delay', { kind: delay, initial: '0', hidden: true, effect: acts() }),
  defineDirective('loading-process-events-interval-bytes', {
    kind: integer({ min: 1024, max: INT_MAX }),
    initial: '524288',
    hidden: true,
    effect: acts(),
  }),
]

const appendOnly = [
  defineDirective('appendonly', {
    kind: yesNo,
    initial: 'no',
    effect: refuses(
      (yes: boolean) => yes,
      'The append-only file is not available yet, data lives in memory only: use appendonly no.',
    ),
  }),
  defineDirective('appendfilename', {
    kind: baseName('appendfilename', 'filename', false),
    initial: 'appendonly.aof',
    immutable: true,
    effect: noLog,
  }),
  defineDirective('appenddirname', {
    kind: baseName('appenddirname', 'dirname', false),
    initial: 'appendonlydir',
    immutable: true,
    effect: noLog,
  }),
  defineDirective('appendfsync', {
    kind: choice(['everysec', 'always', 'no']),
    initial: 'everysec',
    effect: noLog,
  }),
  ...[
    ['no-appendfsync-on-rewrite', 'no'],
    ['aof-rewrite-incremental-fsync', 'yes'],
    ['aof-load-truncated', 'yes'],
    ['aof-use-rdb-preamble', 'yes'],
    ['aof-timestamp-enabled', 'no'],
  ].map(([name, initial]) =>
    defineDirective(name!, { kind: yesNo, initial: initial!, effect: noLog }),
  ),
  defineDirective('aof-disable-auto-gc', {
    kind: yesNo,
    initial: 'no',
    hidden: true,
    effect: noLog,
  }),
  defineDirective('auto-aof-rewrite-percentage', {
    kind: integer({ min: 0, max: INT_MAX }),
    initial: '100',
    effect: noLog,
  }),
  defineDirective('auto-aof-rewrite-min-size', {
    kind: memory({ min: 0, max: NO_MAX }),
    initial: '64mb',
    effect: noLog,
  }),
]

export const directives = [...snapshots, ...appendOnly]
