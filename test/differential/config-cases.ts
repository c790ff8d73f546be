// config-cases.ts: which values the differential test of CONFIG tries, and the one place that says
// where Rubellite's table is meant to differ from redis-server 8.2.3.

/** Directives that only Rubellite has. */
export const ownNames: readonly string[] = ['rdb-version']

/**
 * Directives that the tests' own servers are started with, so that no default is seen. The defaults
 * differ for one: `save`, which is "3600 1 300 100 60 10000" there and empty here.
 */
export const placed: readonly string[] = ['bind', 'port', 'dir']

/** Lines that CONFIG REWRITE of the reference appends and Rubellite must not: it has no users. */
export const theirLines = /^user default /

/** Directives whose generic values would stop the reference, or depend on its machine. */
const handled = new Set([
  ...placed,
  ...['tls-port', 'tls-cluster', 'tls-replication'],
  ...['maxclients', 'maxmemory-clients', 'client-output-buffer-limit', 'locale-collate'],
])

/** Values of every sort, tried on nearly every directive. */
export function genericValues(name: string): readonly string[] {
  return handled.has(name) ? [] : GENERIC
}

const GENERIC = [
  ...['', '@bad@', ' 1', '1 ', '01', '+1', '1.0', '-0', '0x10', '1e3', 'a b', '\xff'],
  ...['yes', 'NO', 'true', '0', '1', '7', '-1', '-2', '100', '101', '1000', '1001'],
  ...['b', 'kb', '1k', '1K', '1Kb', '5gb', '1.5gb', '1 gb', '10b', '20000000000gb', '5%'],
  ...['65535', '65536', '2147483647', '2147483648', '-2147483648', '-2147483649'],
  ...['4294967295', '4294967296', '9223372036854775807', '9223372036854775808'],
  ...['-9223372036854775808', '-9223372036854775809', '18446744073709551615'],
  ...['99999999999999999999', '1048575', '1048576', '1mb'],
]

/** Values for directives with rules of their own. */
export const specialValues: Readonly<Record<string, readonly string[]>> = {
  bind: [Array.from({ length: 17 }, (_, i) => `127.0.0.${i}`).join(' ')],
  port: ['70000', '-1', 'x'],
  'maxmemory-clients': [
    ...['100%', '101%', '-1%', '%', '5 %', '1%%', '0%', '05%', '-5', 'x', ''],
    ...['1gb', '9223372036854775808', '0'],
  ],
  maxclients: ['0', '-1', '4294967296', 'x', '100', '10000'],
  'client-output-buffer-limit': [
    ...['', 'normal 0 0', 'normal 0 0 0', 'foo 0 0 0', 'slave 1mb 2mb 3', 'replica 1mb 2mb 4'],
    ...['master 0 0 0', 'pubsub 1gb 0 -1', 'pubsub 1x 0 1', 'NORMAL 1gb 2gb 3 pubsub 4 5 6'],
    ...['normal 0 0 1x', 'normal 0 0 +1', 'normal 0 0 0 ', 'normal 0 0 0'],
  ],
  'notify-keyspace-events': [
    ...['KEA', 'AKE', 'KEg$lshzxe', 'Km', 'Kn', 'g$lshzxetd', 'KEAmn', 'K E', 'q', 'AKEn', 't'],
  ],
  'latency-tracking-info-percentiles': [
    ...['50', '50 99.9', '100.0', '101', '-1', '50  60', '1e1', '0.000001', '0.0000001'],
    ...['33.3333333333', 'inf', 'nan', '50 ', '.5', '5.', '99.9999996'],
  ],
  'oom-score-adj-values': [
    ...['0 200 800', '1 2', '1 2 3 4', 'a b c', '-2001 0 0', '2001 0 0', '1  2', '1 2 3 '],
    ...[' 1 2 3', '+1 2 3', '1 2 3x', '0 0x1 3'],
  ],
  'oom-score-adj': ['YES', 'relative', 'no', 'yes no'],
  'shutdown-on-sigterm': [
    ...['save nosave', 'SAVE now', 'force', 'now force', 'default save', 'save  now', 'default'],
    ...['nosave force now'],
  ],
  save: ['1 2', '0 1', '1 -1', 'a b', '1 2 3', '1 2 3 4', '1  2', '1 2 ', '+1 2', '1 0'],
  loglevel: ['NOTICE', 'warn', 'notice ', 'nothing'],
  'maxmemory-policy': ['allkeys-LRU', 'volatile-ttl', 'lru'],
  dbfilename: ['a/b', 'a\\b', 'x.rdb', 'a\x00b'],
  'cluster-announce-hostname': ['a'.repeat(256), 'a'.repeat(255), 'a_b', 'a.b-C9', 'a\x00b'],
  'cluster-announce-human-nodename': ['a!b', 'a_b', 'a/b', '"', "'", '\\', '`', ',', 'a=b', '{'],
  'proc-title-template': [
    ...['{title}', '{x}', '{', '{title', 'a{{b', '{}', '}', '{{', '{{title}', ' {title} '],
    ...['{config-file} {port} {tls-port} {unixsocket}'],
  ],
  'locale-collate': ['', 'C', 'POSIX', '@bad@', 'xx'],
  requirepass: ['a"b', 'a\x00b'],
}

/** A file as people write them, and what is then set. */
export const rewriteSample = {
  lines: [
    '# my comment',
    '',
    '',
    '   hz   20  ',
    'MAXCLIENTS 50',
    'slave-priority 5',
    'maxclients 60',
    '\t# another',
    'save ""',
    'logfile ""',
    'appendonly no',
    'list-max-ziplist-entries 4',
    'requirepass "a\\"b"',
    'rename-command FLUSHALL ""',
    'client-output-buffer-limit slave 1mb 1mb 10',
    'timeout 0',
    'maxmemory-clients 5%',
    'unixsocketperm 700',
    'hash-max-ziplist-value 2kb',
    'bind-source-addr 127.0.0.1',
    'shutdown-on-sigterm "nosave now"',
    'loglevel notice',
  ],
  sets: [
    ['maxmemory', '10mb', 'list-max-listpack-size', '-3'],
    ['requirepass', 'x\xffy'],
    ['notify-keyspace-events', 'KEA', 'bind-source-addr', ''],
    ['oom-score-adj-values', '0 100 900', 'proto-max-bulk-len', '1048577'],
    ['shutdown-on-sigint', 'force', 'timeout', '7', 'maxmemory-policy', 'allkeys-lru'],
    ['cluster-announce-hostname', 'a.b', 'slowlog-max-len', '9223372036854775807'],
  ],
} as const
