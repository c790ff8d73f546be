// directives-network.ts: where the server listens, whom it lets in, what a client may use up.

import { acts, defineDirective, noEffect, refuses } from '../../engine/config/directive.ts'
import { choice, string, yesNo } from '../../engine/config/directive-kinds.ts'
import {
  INT_MAX,
  integer,
  memory,
  NO_MAX,
  octal,
  UINT_MAX,
} from '../../engine/config/directive-numbers.ts'
import { addresses, bufferLimits } from '../../engine/config/directive-specials.ts'

const MEBIBYTE = 1024 * 1024

const port = integer({ min: 0, max: 65535 })
const count = integer({ min: 0, max: INT_MAX })
const optional = string({ emptyIsNone: true })

const acceptsAll = noEffect('The platform accepts all waiting connections at once.')
const noTls = noEffect('Kept for later: TLS is not available yet, and tls-port is refused.')

const listening = [
  defineDirective('bind', { kind: addresses, initial: '* -::*', effect: acts() }),
  defineDirective('port', { kind: port, initial: '6379', effect: acts() }),
  defineDirective('tcp-backlog', { kind: count, initial: '511', immutable: true, effect: acts() }),
  defineDirective('unixsocket', {
    kind: optional,
    initial: '',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('unixsocketperm', {
    kind: octal({ min: 0, max: 0o777, unsigned: true }),
    initial: '0',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('socket-mark-id', {
    kind: integer({ min: 0, max: UINT_MAX, unsigned: true }),
    initial: '0',
    immutable: true,
    effect: refuses(
      (mark: number) => mark !== 0,
      'Sockets cannot be marked here, and a firewall may rely on the mark: only 0 is accepted.',
    ),
  }),
  defineDirective('max-new-connections-per-cycle', {
    kind: integer({ min: 1, max: 1000, unsigned: true }),
    initial: '10',
    effect: acceptsAll,
  }),
  defineDirective('max-new-tls-connections-per-cycle', {
    kind: integer({ min: 1, max: 1000, unsigned: true }),
    initial: '1',
    effect: acceptsAll,
  }),
]

const clients = [
  defineDirective('protected-mode', { kind: yesNo, initial: 'yes', effect: acts() }),
  defineDirective('maxclients', {
    kind: integer({ min: 1, max: UINT_MAX, unsigned: true }),
    initial: '10000',
    effect: acts(),
  }),
  defineDirective('timeout', { kind: count, initial: '0', effect: acts() }),
  defineDirective('tcp-keepalive', { kind: count, initial: '300', effect: acts() }),
  defineDirective('client-query-buffer-limit', {
    kind: memory({ min: MEBIBYTE, max: NO_MAX, unsigned: true }),
    initial: '1gb',
    effect: acts(),
  }),
  defineDirective('client-output-buffer-limit', {
    kind: bufferLimits,
    initial: 'normal 0 0 0 replica 256mb 64mb 60 pubsub 32mb 8mb 60',
    effect: acts(),
  }),
  defineDirective('proto-max-bulk-len', {
    kind: memory({ min: MEBIBYTE, max: NO_MAX }),
    initial: '512mb',
    effect: acts(),
  }),
  defineDirective('tracking-table-max-keys', {
    kind: integer({ min: 0, max: NO_MAX, unsigned: true }),
    initial: '1000000',
    effect: noEffect('Client-side caching is not available yet.'),
  }),
]

const access = [
  defineDirective('aclfile', {
    kind: string(),
    initial: '',
    immutable: true,
    effect: refuses(
      (path: string) => path !== '',
      'Access control lists are not available yet: a file of users is refused.',
    ),
  }),
  defineDirective('acl-pubsub-default', {
    kind: choice(['allchannels', 'resetchannels']),
    initial: 'resetchannels',
    effect: noEffect('Access control lists are not available yet.'),
  }),
  defineDirective('acllog-max-len', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '128',
    effect: noEffect('Access control lists are not available yet.'),
  }),
]

const tlsFiles = [
  'tls-cert-file',
  'tls-key-file',
  'tls-client-cert-file',
  'tls-client-key-file',
  'tls-dh-params-file',
  'tls-ca-cert-file',
  'tls-ca-cert-dir',
  'tls-protocols',
  'tls-ciphers',
  'tls-ciphersuites',
].map((name) => defineDirective(name, { kind: optional, initial: '', effect: noTls }))

const tlsPasses = ['tls-key-file-pass', 'tls-client-key-file-pass'].map((name) =>
  defineDirective(name, { kind: optional, initial: '', sensitive: true, effect: noTls }),
)

const tls = [
  defineDirective('tls-port', {
    kind: port,
    initial: '0',
    effect: refuses(
      (number: number) => number !== 0,
      'TLS is not available yet: only tls-port 0 is accepted.',
    ),
  }),
  defineDirective('tls-auth-clients', {
    kind: choice(['no', 'yes', 'optional']),
    initial: 'yes',
    effect: noTls,
  }),
  defineDirective('tls-replication', { kind: yesNo, initial: 'no', effect: noTls }),
  defineDirective('tls-cluster', { kind: yesNo, initial: 'no', effect: noTls }),
  defineDirective('tls-prefer-server-ciphers', { kind: yesNo, initial: 'no', effect: noTls }),
  defineDirective('tls-session-caching', { kind: yesNo, initial: 'yes', effect: noTls }),
  defineDirective('tls-session-cache-size', { kind: count, initial: '20480', effect: noTls }),
  defineDirective('tls-session-cache-timeout', { kind: count, initial: '300', effect: noTls }),
  ...tlsFiles,
  ...tlsPasses,
]

export const networkDirectives = [...listening, ...clients, ...access, ...tls]
