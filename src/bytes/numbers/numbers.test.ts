// numbers.test.ts: facts were read off redis-server 8.2.3; test/differential compares live.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DOUBLE_LENGTH_MAX,
  INT64_MAX,
  INT64_MIN,
  integerLength,
  parseDouble,
  parseInt64,
  parseInteger,
  writeDouble,
  writeInt64,
  writeInteger,
} from './numbers.ts'

// Every text is parsed out of the middle of others, which must not matter.
function within<T>(text: string, parse: (bytes: Uint8Array, start: number, end: number) => T): T {
  const bytes = Buffer.from(`12${text}34`, 'latin1')
  return parse(bytes, 2, bytes.length - 2)
}

function printed(write: (target: Uint8Array, at: number) => number): string {
  const target = new Uint8Array(3 + DOUBLE_LENGTH_MAX).fill(120)
  const end = write(target, 3)
  assert.equal(target[end], 120, 'nothing is written behind the end')
  return Buffer.from(target.subarray(3, end)).toString('latin1')
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const notCanonical = ['', '-', '+1', '-0', '00', '01', '-01', ' 1', '1 ', '1x', 'x', '1.0', '--1']

test('reads canonical integers and nothing else', () => {
  for (const text of ['0', '7', '-1', '10', '9007199254740991', '-9007199254740991']) {
    assert.equal(within(text, parseInteger), Number(text), text)
    assert.equal(within(text, parseInt64), BigInt(text), text)
  }
  for (const text of notCanonical) {
    assert.ok(Number.isNaN(within(text, parseInteger)), text)
    assert.equal(within(text, parseInt64), undefined, text)
  }
})

test('leaves integers beyond 2^53 to the 64-bit reader', () => {
  const large = ['9007199254740992', '-9007199254740992', '9999999999999999', '100000000000000000']
  for (const text of [...large, String(INT64_MAX), String(INT64_MIN)]) {
    assert.ok(Number.isNaN(within(text, parseInteger)), text)
    assert.equal(within(text, parseInt64), BigInt(text), text)
  }
  const outside = ['9223372036854775808', '-9223372036854775809', '9'.repeat(19), '1'.repeat(40)]
  for (const text of outside) assert.equal(within(text, parseInt64), undefined, text)
})

test('writes what it reads, over the whole range of 64 bits', () => {
  const random = seeded(1)
  for (let i = 0; i < 20_000; i++) {
    const n = Math.floor(random() * 2 ** (random() * 53)) * (random() < 0.5 ? -1 : 1)
    const text = String(n === 0 ? 0 : n)
    assert.equal(
      printed((target, at) => writeInteger(target, at, n)),
      text,
    )
    assert.equal(integerLength(n), text.length)
    assert.equal(within(text, parseInteger) + 0, n + 0)
    const big = BigInt.asIntN(64, BigInt(Math.floor(random() * 2 ** 53)) * 4111n)
    assert.equal(
      printed((target, at) => writeInt64(target, at, big)),
      String(big),
    )
    assert.equal(within(String(big), parseInt64), big)
  }
})

test('reads doubles as strtod does', () => {
  const facts: [string, number][] = [
    ['1.', 1],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['+1', 1],
    ['1E+5', 100000],
    ['0x10', 16],
    ['0X1P-3', 0.125],
    ['0x.8', 0.5],
    ['0x1p-1074', 5e-324],
    ['0x0.80001p-1074', 5e-324],
    ['-inf', -Infinity],
    ['Infinity', Infinity],
    ['0e9999', 0],
    ['2.5e-324', 5e-324],
    ['1.7976931348623158e308', 1.7976931348623157e308],
    [`${'0'.repeat(400)}1`, 1],
    [`1${'0'.repeat(6000)}e-6000`, 1],
    [`0.${'0'.repeat(400)}1e401`, 1],
    [`0x1.00000000000008${'0'.repeat(60)}1p0`, 1 + 2 ** -52],
    [`9007199254740993.${'0'.repeat(900)}1`, 9007199254740994],
  ]
  for (const [text, d] of facts) assert.equal(within(text, parseDouble), d, text)
  assert.ok(Object.is(within('-0', parseDouble), -0))
})

test('refuses what is no number, too large or too small', () => {
  const refused = ['', '-', '.', '-.', ' 1', '1 ', '\t1', '1e', '1e+', '1,5', '1_0', '1\0', '\0']
  refused.push(
    'nan',
    '-nan',
    'nan(1)',
    'infinit',
    'infx',
    'in',
    '0x',
    '0xg',
    '0x.p1',
    '0x1p',
    '1d5',
  )
  refused.push('1e5000', '-1e400', '1e-5000', '2.4e-324', '0x1p1024', '0x1p-1080', '0x0.8p-1074')
  refused.push('1.7976931348623159e308', '1e99999999999999999999', '++1', '+-1', '0b1', '1.2.3')
  for (const text of refused) assert.ok(Number.isNaN(within(text, parseDouble)), text)
})

test('reads every printed double back', () => {
  const random = seeded(2)
  const float = new Float64Array(1)
  const words = new Uint32Array(float.buffer)
  for (let i = 0; i < 20_000; i++) {
    words[0] = random() * 2 ** 32
    words[1] = random() * 2 ** 32
    const d = float[0] ?? 0
    if (Number.isNaN(d)) continue
    const text = printed((target, at) => writeDouble(target, at, d))
    assert.equal(within(text, parseDouble), d, text)
  }
})

test('prints doubles as the reference does', () => {
  const facts: [number, string][] = [
    [0, '0'],
    [-0, '-0'],
    [NaN, 'nan'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [3, '3'],
    [0.1, '0.1'],
    [-1.5, '-1.5'],
    [1e-7, '1e-7'],
    [1.5e-7, '1.5e-7'],
    [2 ** 53, '9007199254740992'],
    [-(2 ** 62), '-4611686018427387904'],
    [2 ** 63, '9223372036854776000'],
    [1e20, '1e+20'],
    [1e21, '1e+21'],
    [2.5e21, '2.5e+21'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
  ]
  for (const [d, text] of facts) {
    assert.equal(
      printed((target, at) => writeDouble(target, at, d)),
      text,
    )
  }
})

test('prints more digits than needed exactly where the reference does', () => {
  const facts: [number, string][] = [
    [0.00004295063042735209, '4.2950630427352093e-5'],
    [1.0744083209975914e-138, '1.0744083209975915e-138'],
    [7550.459748900666, '7550.4597489006665'],
    [1922622467309077.8, '1922622467309077.7'],
    [75633.3869109968, '7.563338691099681e+4'],
    [3.659144509692281, '3.6591445096922812'],
    [53.45803605790557, '53.458036057905566'],
    [74098774703893000, '74098774703892992'],
  ]
  for (const [d, text] of facts) {
    assert.equal(
      printed((target, at) => writeDouble(target, at, d)),
      text,
    )
  }
})
