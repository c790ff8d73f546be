// arguments.ts: what the generated commands are made of: few keys, so that commands meet, and
// values at every limit we know of.
import type { Seed } from '../support/seed.ts'
import { typedKeys, typeMakers } from './values.ts'

/** An argument on its way to both servers. */
export type Argument = string | Uint8Array

const keys: Argument[] = [
  'a',
  'b',
  'c',
  'counter',
  'user:{1}:name',
  '',
  'k'.repeat(60),
  Uint8Array.of(0, 255, 13, 10, 34, 92),
]

const integers = [
  ...['0', '1', '-1', '2', '7', '10', '100', '-100', '255', '256', '65536'],
  ...['2147483647', '-2147483648', '4294967295', '9007199254740991', '9007199254740993'],
  ...['9223372036854775807', '-9223372036854775808', '9223372036854775806'],
]

const noIntegers = [
  ...['', ' ', ' 1', '1 ', '+1', '-', '-0', '00', '01', '1.0', '1e3', '0x10', 'abc', '1\n'],
  ...['9223372036854775808', '-9223372036854775809', '18446744073709551616', '9'.repeat(30)],
]

const floats = [
  ...['0.1', '-0.1', '1.5', '3.0e3', '1e-7', '1e17', '1e20', '-1e-20', '0.30000000000000004'],
  ...['123456789.123456789', '1e308', '-0', '-0.0', '.5', '5.', '1e', '0x1p3', '0x10'],
  ...['inf', '-inf', '+inf', 'infinity', 'nan', '1e400', '1e-400', '1e4932', ' 1.5', '1.5 '],
]

const texts: Argument[] = [
  '',
  'hello world',
  'x'.repeat(44),
  'x'.repeat(45),
  'ä€😀',
  'ohmytext',
  'mynewtext',
  Uint8Array.of(0),
  Uint8Array.of(255, 0, 170, 85, 15, 240),
]

const payloads = [
  '\x00\x05hello\x0c\x00\xa8\x04\xeb\xb6\x9f\x1e\xbeC',
  '\x00\xc0\n\x0c\x00\xa5\xe9c\x85\xf4\x84\xfd\xf2',
  '\x00\xc1\xd4\xfe\n\x00\xc6\xc4\x86#\xfe\xbe\xde.',
  '\x00\xc2\xa0\x86\x01\x00\n\x00\xf1$\x03Po/\xa6t',
  '\x00\xc3\t@d\x01aa\xe0W\x00\x01aa\n\x00\xe8\xa3\xb5\x07\xb0m\xf2q',
  '\x00\x05hellO\x0c\x00\xa8\x04\xeb\xb6\x9f\x1e\xbeC',
  'short',
  '',
].map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)))

const patterns = ['*', '?', 'a', '[ab]', '[^ab]', 'c*', '*{1}*', 'k*k', '\\*', '[', '', 'user:*']
const directives = ['maxmemory-policy', 'timeout', 'maxclients', 'maxmem*', 'no-such', 'HZ']
const settings = ['0', '1', 'noeviction', 'allkeys-lru', 'bogus', '-1', '100mb']

/** Times to live at the limits; none that would pass while a script runs, sooner on one side. */
const odd = ['0', '-1', '-20', ...integers.filter((text) => text.length > 9), ...noIntegers]

/** A time to live that neither server will see pass, and that no second one equals by chance. */
function far(seed: Seed): number {
  return 1_000_000 + seed.below(1_000_000_000)
}

function nasty(seed: Seed, limit: number): string {
  if (seed.chance(0.7)) return String(seed.between(-20, limit))
  return seed.pick(seed.chance(0.5) ? integers : noIntegers)
}

/** Offsets stay small, or are so large that both servers refuse them without reserving memory. */
function offset(seed: Seed, limit: number, refused: string[]): string {
  if (seed.chance(0.85)) return String(seed.below(limit))
  return seed.pick(seed.chance(0.5) ? refused : noIntegers)
}

/** The words of the sentences: one maker for each kind of argument. */
export const makers: Record<string, (seed: Seed) => Argument> = {
  ...typeMakers,
  any: (seed) => seed.pick(seed.chance(0.7) ? typedKeys : keys),
  key: (seed) => seed.pick(keys),
  text: (seed) => seed.pick(texts),
  value(seed) {
    const kind = seed.below(10)
    if (kind < 4) return seed.pick(integers)
    if (kind < 5) return seed.pick(noIntegers)
    if (kind < 6) return seed.pick(floats)
    if (kind < 8) return seed.pick(texts)
    return seed.bytes(seed.chance(0.05) ? seed.below(3000) : seed.below(40))
  },
  integer: (seed) => nasty(seed, 20),
  float: (seed) => seed.pick(seed.chance(0.8) ? floats : integers),
  index: (seed) => nasty(seed, 60),
  offset: (seed) => offset(seed, 3000, ['536870912', '536870913', '-1', '9223372036854775807']),
  bitoffset: (seed) => offset(seed, 20_000, ['4294967296', '4294967297', '-1']),
  fieldoffset: (seed) =>
    seed.chance(0.3)
      ? `#${seed.below(200)}`
      : offset(seed, 5000, ['8589934592', '#x', '-1', '#-1']),
  width: (seed) =>
    seed.chance(0.9)
      ? `${seed.pick(['u', 'i', 'I'])}${seed.between(1, 63)}`
      : seed.pick(['i64', 'u64', 'i65', 'u0', 'x8', 'u', '8', '']),
  bit: (seed) => (seed.chance(0.95) ? String(seed.below(2)) : seed.pick(['2', '-1', 'x', ''])),
  seconds: (seed) => (seed.chance(0.9) ? String(far(seed)) : seed.pick(odd)),
  millis: (seed) => (seed.chance(0.9) ? String(far(seed) * 1000) : seed.pick(odd)),
  // SET leaves a key whose time has passed to whoever comes upon it first, a SCAN or the clock.
  lateunix: (seed) => String(32_503_680_000 + far(seed)),
  lateunixms: (seed) => String(32_503_680_000_000 + far(seed)),
  // The year 3000, or the past, which removes the key at once on both sides.
  unix: (seed) => (seed.chance(0.8) ? String(32_503_680_000 + far(seed)) : nasty(seed, 5)),
  unixms: (seed) => (seed.chance(0.8) ? String(32_503_680_000_000 + far(seed)) : nasty(seed, 5)),
  db: (seed) =>
    seed.chance(0.9) ? String(seed.below(3)) : seed.pick(['15', '16', '-1', 'x', '1.0']),
  pattern: (seed) => seed.pick(patterns),
  payload: (seed) => seed.pick(payloads),
  directive: (seed) => seed.pick(directives),
  setting: (seed) => seed.pick(settings),
  name: (seed) => seed.pick(['worker', 'with space', '', 'line\n', 'ä', '~x']),
  command: (seed) => seed.pick(['get', 'SET', 'mset', 'config|get', 'object|encoding', 'nosuch']),
  word: (seed) => seed.pick(['NX', 'KEEPTTL', 'bogus', '', 'BIT', 'REPLACE', 'x'.repeat(200)]),
}
