// tests.ts: the tests that redis-benchmark offers, under its names, with what must exist before.
//
// redis-benchmark relies on the order of its list (LPOP finds what LPUSH has left). In a
// comparison each test stands alone, so each says here what prepares the server for it.
import type { RequestTemplate } from './load/request-batch.ts'

export interface BenchmarkTest {
  /** As `-t` selects it. */
  name: string
  /** As results show it. */
  title: string
  /** Further words that select it, e.g. `ping` or `lrange`. */
  groups: readonly string[]
  /** The request, with values of the given text. */
  request(value: string, isRandom: boolean): RequestTemplate
  /** A request that prepares what this test needs; undefined when it needs nothing. */
  prepare?: (value: string) => readonly string[]
  /** How often it is sent: once per key of the keyspace, once per request, or a number. */
  prepareTimes?: 'keyspace' | 'requests' | number
}

/** The suffix of keys and members that `-r` turns into a number. */
const RANDOM = '__rand_int__'
const LRANGE_ELEMENTS = 1000
const push = (value: string) => ['RPUSH', 'mylist', value]

/** The list in redis-benchmark's order. */
export const benchmarkTests: readonly BenchmarkTest[] = [
  plain('ping_inline', () => ({ inline: 'PING' }), ['ping']),
  plain('ping_mbulk', () => ['PING'], ['ping']),
  {
    ...plain('set', (value) => ['SET', `key:${RANDOM}`, value]),
    prepare: (value) => ['SET', `key:${RANDOM}`, value],
    prepareTimes: 'keyspace',
  },
  {
    ...plain('get', () => ['GET', `key:${RANDOM}`]),
    prepare: (value) => ['SET', `key:${RANDOM}`, value],
    prepareTimes: 'keyspace',
  },
  {
    ...plain('incr', () => ['INCR', `counter:${RANDOM}`]),
    prepare: () => ['INCR', `counter:${RANDOM}`],
    prepareTimes: 'keyspace',
  },
  plain('lpush', (value) => ['LPUSH', 'mylist', value]),
  plain('rpush', push),
  { ...plain('lpop', () => ['LPOP', 'mylist']), prepare: push, prepareTimes: 'requests' },
  { ...plain('rpop', () => ['RPOP', 'mylist']), prepare: push, prepareTimes: 'requests' },
  plain('sadd', () => ['SADD', 'myset', `element:${RANDOM}`]),
  plain('hset', (value) => ['HSET', 'myhash', `element:${RANDOM}`, value]),
  {
    ...plain('spop', () => ['SPOP', 'myset']),
    prepare: () => ['SADD', 'myset', `element:${RANDOM}`],
    prepareTimes: 'keyspace',
  },
  plain('zadd', (_, isRandom) => ['ZADD', 'myzset', isRandom ? RANDOM : '0', `element:${RANDOM}`]),
  {
    ...plain('zpopmin', () => ['ZPOPMIN', 'myzset']),
    prepare: () => ['ZADD', 'myzset', '0', `element:${RANDOM}`],
    prepareTimes: 'keyspace',
  },
  {
    ...plain('lrange_push', (value) => ['LPUSH', 'mylist', value]),
    title: 'LPUSH (needed to benchmark LRANGE)',
    groups: ['lrange', 'lrange_100', 'lrange_300', 'lrange_500', 'lrange_600'],
  },
  range(100),
  range(300),
  range(500),
  range(600),
  {
    ...plain('mset', (value) => ['MSET', ...tenKeys(value)]),
    title: 'MSET (10 keys)',
    prepare: (value) => ['SET', `key:${RANDOM}`, value],
    prepareTimes: 'keyspace',
  },
  { ...plain('xadd', (value) => ['XADD', 'mystream', '*', 'myfield', value]) },
]

/** Tests that a name without `-t` does not run: redis-benchmark 8.2 has XADD, 7.0 has not. */
const onRequest: ReadonlySet<string> = new Set(['xadd'])

/**
 * The tests that `-t` selects, in the list's order.
 * @param names lower-case names; undefined selects the default list.
 */
export function selectTests(names: readonly string[] | undefined): BenchmarkTest[] {
  if (names === undefined) return benchmarkTests.filter((test) => !onRequest.has(test.name))
  return benchmarkTests.filter((test) =>
    [test.name, ...test.groups].some((name) => names.includes(name)),
  )
}

/** A test of a command given by the user; `__data__` and `__key__` are filled in. */
export function commandTest(argv: readonly string[], dataSize: number): BenchmarkTest {
  const request = argv.map((argument) =>
    argument.replaceAll('__data__', randomValue(dataSize)).replaceAll('__key__', `key:${RANDOM}`),
  )
  return { name: 'command', title: argv.join(' '), groups: [], request: () => request }
}

/** Letters that look random but are the same in every run; never a number, which Redis packs. */
export function randomValue(length: number): string {
  const letters: number[] = []
  let state = 0x2545f491
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 0x41c64e6d) + 0x3039) >>> 0
    letters.push(0x41 + ((state >>> 16) % 26))
  }
  return Buffer.from(letters).toString('latin1')
}

function plain(
  name: string,
  request: BenchmarkTest['request'],
  groups: readonly string[] = [],
): BenchmarkTest {
  return { name, title: name.toUpperCase(), groups, request }
}

function range(count: number): BenchmarkTest {
  return {
    name: `lrange_${count}`,
    title: `LRANGE_${count} (first ${count} elements)`,
    groups: ['lrange'],
    request: () => ['LRANGE', 'mylist', '0', String(count - 1)],
    prepare: push,
    prepareTimes: LRANGE_ELEMENTS,
  }
}

function tenKeys(value: string): string[] {
  return Array.from({ length: 10 }, () => [`key:${RANDOM}`, value]).flat()
}
