// directives-replication.ts: replicas. There are none yet; what would make this server one, or
// make it wait for one, is refused.

import { defineDirective, noEffect, refuses } from '../../engine/config/directive.ts'
import { choice, string, yesNo } from '../../engine/config/directive-kinds.ts'
import { INT_MAX, integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'
import { replicaSource } from '../../engine/config/directive-specials.ts'

const count = integer({ min: 0, max: INT_MAX })
const atLeastOne = integer({ min: 1, max: INT_MAX })
const optional = string({ emptyIsNone: true })
const alone = noEffect('Replication is not available yet.')

const BACKLOG_MIN = 16 * 1024

const asReplica = [
  defineDirective('replicaof', {
    kind: replicaSource,
    initial: '',
    alias: 'slaveof',
    immutable: true,
    effect: refuses(
      (source: string) => source !== '',
      'Replication is not available yet: this server can follow no other.',
    ),
  }),
  defineDirective('masteruser', {
    kind: optional,
    initial: '',
    sensitive: true,
    effect: alone,
  }),
  defineDirective('masterauth', {
    kind: string({ emptyIsNone: true, binary: true }),
    initial: '',
    sensitive: true,
    effect: alone,
  }),
  ...[
    ['serve-stale-data', 'yes'],
    ['read-only', 'yes'],
    ['lazy-flush', 'no'],
    ['ignore-maxmemory', 'yes'],
  ].map(([name, initial]) =>
    defineDirective(`replica-${name}`, {
      kind: yesNo,
      initial: initial!,
      alias: `slave-${name}`,
      effect: alone,
    }),
  ),
  defineDirective('replica-priority', {
    kind: count,
    initial: '100',
    alias: 'slave-priority',
    effect: alone,
  }),
  defineDirective('replica-announced', { kind: yesNo, initial: 'yes', effect: alone }),
  defineDirective('replica-announce-ip', {
    kind: optional,
    initial: '',
    alias: 'slave-announce-ip',
    effect: alone,
  }),
  defineDirective('replica-announce-port', {
    kind: integer({ min: 0, max: 65535 }),
    initial: '0',
    alias: 'slave-announce-port',
    effect: alone,
  }),
  defineDirective('replica-ignore-disk-write-errors', {
    kind: yesNo,
    initial: 'no',
    effect: alone,
  }),
  defineDirective('replica-full-sync-buffer-limit', {
    kind: memory({ min: 0, max: NO_MAX }),
    initial: '0',
    effect: alone,
  }),
  defineDirective('bind-source-addr', { kind: optional, initial: '', effect: alone }),
  defineDirective('propagation-error-behavior', {
    kind: choice(['ignore', 'panic', 'panic-on-replicas']),
    initial: 'ignore',
    effect: alone,
  }),
]

const asPrimary = [
  defineDirective('min-replicas-to-write', {
    kind: count,
    initial: '0',
    alias: 'min-slaves-to-write',
    effect: refuses(
      (replicas: number) => replicas > 0,
      'Replication is not available yet: no write could ever have enough replicas, use 0.',
    ),
  }),
  defineDirective('min-replicas-max-lag', {
    kind: count,
    initial: '10',
    alias: 'min-slaves-max-lag',
    effect: alone,
  }),
  defineDirective('repl-ping-replica-period', {
    kind: atLeastOne,
    initial: '10',
    alias: 'repl-ping-slave-period',
    effect: alone,
  }),
  defineDirective('repl-timeout', { kind: atLeastOne, initial: '60', effect: alone }),
  defineDirective('repl-disable-tcp-nodelay', { kind: yesNo, initial: 'no', effect: alone }),
  defineDirective('repl-backlog-size', {
    kind: memory({ min: 1, max: NO_MAX, leastSet: BACKLOG_MIN }),
    initial: '1mb',
    effect: alone,
  }),
  defineDirective('repl-backlog-ttl', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '3600',
    effect: alone,
  }),
  defineDirective('repl-diskless-sync', { kind: yesNo, initial: 'yes', effect: alone }),
  defineDirective('repl-diskless-sync-delay', { kind: count, initial: '5', effect: alone }),
  defineDirective('repl-diskless-sync-max-replicas', { kind: count, initial: '0', effect: alone }),
  defineDirective('repl-diskless-load', {
    kind: choice(['disabled', 'on-empty-db', 'swapdb']),
    initial: 'disabled',
    effect: alone,
  }),
  defineDirective('repl-rdb-channel', {
    kind: yesNo,
    initial: 'yes',
    hidden: true,
    effect: alone,
  }),
]

export const replicationDirectives = [...asReplica, ...asPrimary]
