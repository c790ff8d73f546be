// directives-cluster.ts: the cluster. It is not here yet, and only switching it on is refused.

import { defineDirective, noEffect, refuse, refuses } from '../../engine/config/directive.ts'
import { choice, string, yesNo } from '../../engine/config/directive-kinds.ts'
import { INT_MAX, integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const count = integer({ min: 0, max: INT_MAX })
const port = integer({ min: 0, max: 65535 })
const single = noEffect('Cluster mode is not available yet.')

const HOST_LENGTH_MAX = 255

const hostName = string({
  emptyIsNone: true,
  check(name) {
    if (name.length > HOST_LENGTH_MAX) refuse('Hostnames must be less than 256 characters')
    if (!/^[A-Za-z0-9.-]*$/.test(name)) {
      refuse('Hostnames may only contain alphanumeric characters, hyphens or dots')
    }
  },
})

const nodeName = string({
  emptyIsNone: true,
  check(name) {
    if (/[!#$%&()*+:;<>?@[\]^{|}~]/.test(name)) {
      refuse('Announced human node name contained invalid character')
    }
  },
})

const node = [
  defineDirective('cluster-enabled', {
    kind: yesNo,
    initial: 'no',
    immutable: true,
    effect: refuses((yes: boolean) => yes, 'Cluster mode is not available yet: use no.'),
  }),
  defineDirective('cluster-config-file', {
    kind: string(),
    initial: 'nodes.conf',
    immutable: true,
    effect: single,
  }),
  defineDirective('cluster-port', { kind: port, initial: '0', immutable: true, effect: single }),
  defineDirective('cluster-node-timeout', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '15000',
    effect: single,
  }),
  defineDirective('cluster-ping-interval', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '0',
    hidden: true,
    effect: single,
  }),
  defineDirective('cluster-migration-barrier', { kind: count, initial: '1', effect: single }),
  defineDirective('cluster-replica-validity-factor', {
    kind: count,
    initial: '10',
    alias: 'cluster-slave-validity-factor',
    effect: single,
  }),
  defineDirective('cluster-replica-no-failover', {
    kind: yesNo,
    initial: 'no',
    alias: 'cluster-slave-no-failover',
    effect: single,
  }),
  ...[
    ['cluster-require-full-coverage', 'yes'],
    ['cluster-allow-reads-when-down', 'no'],
    ['cluster-allow-pubsubshard-when-down', 'yes'],
    ['cluster-allow-replica-migration', 'yes'],
    ['cluster-slot-stats-enabled', 'no'],
  ].map(([name, initial]) =>
    defineDirective(name!, { kind: yesNo, initial: initial!, effect: single }),
  ),
  defineDirective('cluster-link-sendbuf-limit', {
    kind: memory({ min: 0, max: NO_MAX, unsigned: true }),
    initial: '0',
    effect: single,
  }),
  defineDirective('cluster-compatibility-sample-ratio', {
    kind: integer({ min: 0, max: 100 }),
    initial: '0',
    effect: single,
  }),
]

const announced = [
  defineDirective('cluster-announce-ip', {
    kind: string({ emptyIsNone: true }),
    initial: '',
    effect: single,
  }),
  ...['cluster-announce-port', 'cluster-announce-tls-port', 'cluster-announce-bus-port'].map(
    (name) => defineDirective(name, { kind: port, initial: '0', effect: single }),
  ),
  defineDirective('cluster-announce-hostname', { kind: hostName, initial: '', effect: single }),
  defineDirective('cluster-announce-human-nodename', {
    kind: nodeName,
    initial: '',
    effect: single,
  }),
  defineDirective('cluster-preferred-endpoint-type', {
    kind: choice(['ip', 'hostname', 'unknown-endpoint']),
    initial: 'ip',
    effect: single,
  }),
]

export const clusterDirectives = [...node, ...announced]
