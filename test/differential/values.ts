// values.ts: the arguments of the types with elements: few keys for each type, so that commands
// meet, few elements, so that they collide, and lengths on both sides of every limit.
import type { Seed } from '../support/seed.ts'
import type { Argument } from './arguments.ts'

/** The keys of each type; commands go to another type's now and then. */
export const pools: Record<string, readonly string[]> = {
  list: ['l1', 'l2', 'l3'],
  hash: ['h1', 'h2', 'h3'],
  set: ['s1', 's2', 's3', 's4'],
  zset: ['z1', 'z2', 'z3'],
  stream: ['x1', 'x2'],
  sketch: ['p1', 'p2', 'p3'],
  places: ['g1', 'g2'],
}

/** Every key of every type. */
export const typedKeys: readonly string[] = Object.values(pools).flat()

/**
 * Sorted sets whose scores are all zero: what a range by name is in others, the reference's own
 * dice decide.
 */
export const lexKeys: readonly string[] = ['y1', 'y2']

const elements: readonly Argument[] = [
  ...Array.from({ length: 24 }, (_, i) => String(i)),
  ...['-1', '-5', '127', '128', '-129', '4095', '4096', '32767', '-32769', '8388607', '8388608'],
  ...['2147483647', '-2147483649', '9223372036854775807', '-9223372036854775808'],
  ...['9223372036854775808', '007', '-0', '1.5', ' 1', '1e3'],
  ...'abcdefghijklmnop',
  ...['', 'foo', 'bar', 'hello world', 'Hello', 'ä€😀', 'x'.repeat(10), 'y'.repeat(17)],
  ...['v'.repeat(63), 'v'.repeat(64), 'v'.repeat(65), 'w'.repeat(127), 'w'.repeat(128)],
  // SORT ALPHA takes what begins with a NUL for empty, and the order of equals is free.
  Uint8Array.of(1, 0, 2),
  Uint8Array.of(255, 0, 13, 10),
]

const scores = [
  ...['0', '1', '2', '3', '5', '10', '-1', '-2.5', '1.5', '0.1', '1e3', '1e-7', '3.14159265358979'],
  ...[
    'inf',
    '-inf',
    '+inf',
    '9007199254740993',
    '1e17',
    '1e300',
    '-0',
    '0x10',
    ' 1',
    'nan',
    'x',
    '',
  ],
]

const ids = ['1-1', '1-2', '2-1', '3', '3-0', '5-5', '7', '10-1', '12', '0-1', '20-3', '100']
const oddIds = ['0-0', '0', 'x', '1-', '-1', '1-x', '', '18446744073709551615-18446744073709551615']
const patterns = ['*', 'a*', '?', '[ab]*', 'v*', '1*', 'x', '*o*', '']

function keyOf(type: string): (seed: Seed) => Argument {
  const own = pools[type] as readonly string[]
  return (seed) => seed.pick(seed.chance(0.96) ? own : typedKeys)
}

function element(seed: Seed): Argument {
  if (seed.chance(0.97)) return seed.pick(elements)
  if (seed.chance(0.5)) return seed.bytes(seed.below(200))
  return 'lorem ipsum '.repeat(seed.below(seed.chance(0.1) ? 900 : 30))
}

/** A score in the form of a range's end. */
function scoreBound(seed: Seed): Argument {
  return (seed.chance(0.25) ? '(' : '') + seed.pick(scores)
}

function lexBound(seed: Seed): Argument {
  if (seed.chance(0.3)) return seed.pick(['-', '+'])
  if (seed.chance(0.05)) return seed.pick(['a', '', '[', '(', '++'])
  return seed.pick(['[', '(']) + seed.pick('abcdefghijklmnop'.split(''))
}

/** A count, of which none makes a server answer with more than some thousand elements. */
function count(seed: Seed): string {
  if (seed.chance(0.85)) return String(seed.between(0, 12))
  return seed.pick([
    '-1',
    '-3',
    '100',
    '9223372036854775807',
    '9223372036854775808',
    'x',
    '',
    '1.0',
  ])
}

export const typeMakers: Record<string, (seed: Seed) => Argument> = {
  lkey: keyOf('list'),
  hkey: keyOf('hash'),
  skey: keyOf('set'),
  zkey: keyOf('zset'),
  xkey: keyOf('stream'),
  pkey: keyOf('sketch'),
  gkey: keyOf('places'),
  ykey: (seed) => seed.pick(lexKeys),
  // A destination of set algebra, or a source of it.
  azkey: (seed) => (seed.chance(0.8) ? keyOf('zset')(seed) : keyOf('set')(seed)),
  element,
  // A cursor beyond 64 bits makes the next SORT of the reference fail: it looks at an old error.
  cursor: (seed) => seed.pick(['0', '0', '1', '4', '17', '-1', '+1', ' 1', '01', 'x', '']),
  elementpattern: (seed) => seed.pick(patterns),
  count,
  // A count below zero repeats elements: none that fills the memory.
  randcount: (seed) => (seed.chance(0.95) ? String(seed.between(-12, 12)) : seed.pick(['x', ''])),
  position: (seed) =>
    seed.chance(0.85)
      ? String(seed.between(-8, 12))
      : seed.pick(['100', '-100', '9223372036854775807', '-9223372036854775808', 'x', '1.0', '']),
  timeout: (seed) => seed.pick(['0.001', '0.01', '0.005', '-1', 'x', '', '1e-3', 'inf', 'nan']),
  score: (seed) => seed.pick(scores),
  scorebound: scoreBound,
  lexbound: lexBound,
  weight: (seed) => seed.pick(['1', '2', '0', '-1', '0.5', 'inf', 'x']),
  streamid: (seed) => {
    if (seed.chance(0.1)) return seed.pick(oddIds)
    if (seed.chance(0.5)) return seed.pick(ids)
    return `${seed.between(1, 40)}-${seed.below(4)}`
  },
  newid: (seed) => {
    if (seed.chance(0.05)) return seed.pick(oddIds)
    return `${seed.between(1, 60)}-${seed.chance(0.3) ? '*' : seed.below(20)}`
  },
  rangeid: (seed) => {
    if (seed.chance(0.3)) return seed.pick(['-', '+'])
    return (seed.chance(0.2) ? '(' : '') + seed.pick(seed.chance(0.9) ? ids : oddIds)
  },
  newer: (seed) => (seed.chance(0.85) ? '>' : seed.pick(ids)),
  sortpattern: (seed) => seed.pick(['#', 'h1->a', 'weight_*', '*', 'h*->a', 'x']),
  groupname: (seed) => seed.pick(['grp1', 'grp2', 'grp1', 'none']),
  consumername: (seed) => seed.pick(['con1', 'con2', 'con3']),
  minidle: (seed) => seed.pick(['0', '0', '0', '100000000', '-1', 'x']),
  longitude: (seed) =>
    seed.pick(['13.361389', '15.087269', '2.349', '-0.1276', '0', '-180', '180', '179.99', '181']),
  latitude: (seed) =>
    seed.pick(['38.115556', '37.502669', '48.8567', '51.5072', '0', '85.05', '-85', '90', 'x']),
  place: (seed) => seed.pick(['palermo', 'catania', 'paris', 'london', 'null', 'pole', 'line', '']),
  radius: (seed) => seed.pick(['0', '1', '10', '100', '200', '1000', '5000', '20000', '-1', 'x']),
}
