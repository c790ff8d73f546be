// numbers.test.ts: numbers as redis-server 8.2.3 reads, prints and adds them, thousands at a time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '#src/bytes/memory/span.js'
import { parseDouble, parseInt64, parseInteger, writeDouble } from '#src/bytes/numbers/numbers.js'
import { addLongDouble, LONG_DOUBLE_LENGTH_MAX, NOT_FINITE } from '#src/formats/long-double.js'
import { redis8, withoutReference } from '../support/references.ts'
import type { Decoded } from '../support/resp.ts'
import { Seed } from '../support/seed.ts'
import { startReference } from '../support/servers.ts'
import type { Wire } from '../support/wire.ts'

const skip = redis8 === undefined && withoutReference
const batches = 20
const batchSize = 500

const pieces = [
  '0',
  '1',
  '9',
  '5',
  '.',
  '-',
  '+',
  'e',
  'E',
  'x',
  'p',
  'a',
  'f',
  'i',
  'n',
  ' ',
  '\0',
]
const words = ['00000', '123456789', 'inf', 'infinity', 'nan', '0x', 'e-', 'e+3', '308', '-324']

function shown(value: Decoded): string {
  if (value.kind === 'bulk') return value.bytes.toString('latin1')
  return 'text' in value ? value.text : value.kind
}

// Doubles of every size: random bits, subnormals, powers, integers, short decimals.
function someDouble(seed: Seed): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint32(0, seed.chance(0.3) ? seed.below(2 ** 21) : seed.next())
  view.setUint32(4, seed.next())
  const random = view.getFloat64(0)
  const fraction = seed.next() / 2 ** 32
  const sign = seed.chance(0.5) ? 1 : -1
  const kinds = [
    random,
    Math.floor(fraction * 2 ** seed.below(66)) * sign,
    sign * 2 ** seed.between(-70, 70) * (1 + seed.between(-2, 2) * 2 ** -52),
    Math.round(fraction * 1e6) / 10 ** seed.below(9),
    Number(`${sign}e${seed.between(-323, 308)}`),
  ]
  const d = seed.pick(kinds)
  return Number.isNaN(d) ? 0 : d
}

function doubleText(seed: Seed): string {
  const d = someDouble(seed)
  if (!Number.isFinite(d)) return d > 0 ? 'inf' : '-inf'
  return seed.chance(0.6) ? String(d) : d.toExponential(seed.below(21))
}

function oddText(seed: Seed): string {
  let text = ''
  for (let i = seed.between(1, 7); i > 0; i--) {
    text += seed.chance(0.4) ? String(seed.below(10 ** seed.below(9) + 1)) : seed.pick(pieces)
    if (seed.chance(0.2)) text += seed.pick(words)
  }
  return text
}

function summand(seed: Seed): string {
  if (seed.chance(0.1)) return oddText(seed)
  if (seed.chance(0.2)) return `${doubleText(seed)}`
  const digits = String(seed.next() * seed.below(2 ** 20))
  const cut = seed.below(digits.length)
  const exponent = seed.chance(0.2) ? `e${seed.between(-60, 60)}` : ''
  return `${seed.chance(0.4) ? '-' : ''}${digits.slice(0, cut)}0.${digits.slice(cut)}${exponent}`
}

async function compareDoubles(wire: Wire, texts: string[]): Promise<void> {
  const commands = texts.flatMap((text) => [
    ['ZADD', 'z', 'INCR', Buffer.from(text, 'latin1'), 'm'],
    ['DEL', 'z'],
  ])
  const replies = await wire.pipeline(commands)
  const target = new Uint8Array(64)
  texts.forEach((text, i) => {
    const bytes = Buffer.from(text, 'latin1')
    const d = parseDouble(bytes, 0, bytes.length)
    const end = writeDouble(target, 0, d)
    const ours = Number.isNaN(d)
      ? 'refused'
      : Buffer.from(target.subarray(0, end)).toString('latin1')
    const value = replies[i * 2]?.value ?? { kind: 'nil' }
    // Texts such as 'nx' are taken for options, with an error of their own.
    const theirs = value.kind === 'error' ? 'refused' : shown(value)
    assert.equal(ours, theirs, JSON.stringify(text))
  })
}

test('reads and prints doubles like the reference', { skip }, async () => {
  await using server = await startReference()
  const seed = new Seed(1)
  for (const protocol of ['2', '3']) {
    const wire = await server.connect()
    await wire.call('HELLO', protocol)
    for (let batch = 0; batch < batches; batch++) {
      const make = batch % 4 === 0 ? oddText : doubleText
      await compareDoubles(
        wire,
        Array.from({ length: batchSize }, () => make(seed)),
      )
    }
    wire.close()
  }
})

test('takes the same texts for integers as the reference', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const seed = new Seed(2)
  for (let batch = 0; batch < batches; batch++) {
    const texts = Array.from({ length: batchSize }, () => {
      if (seed.chance(0.4)) return oddText(seed)
      if (seed.chance(0.5)) return String(seed.next() * seed.between(-(2 ** 21), 2 ** 21))
      return String((seed.chance(0.5) ? 1n : -1n) * (2n ** 63n + BigInt(seed.between(-50, 50))))
    })
    const commands = texts.flatMap((text) => [
      ['SET', 'k', Buffer.from(text, 'latin1')],
      ['INCRBY', 'k', '0'],
    ])
    const replies = await wire.pipeline(commands)
    texts.forEach((text, i) => {
      const bytes = Buffer.from(text, 'latin1')
      const big = parseInt64(bytes, 0, bytes.length)
      const accepted = replies[i * 2 + 1]?.value.kind === 'integer'
      assert.equal(big !== undefined, accepted, JSON.stringify(text))
      if (big !== undefined) assert.equal(String(big), text)
      const small = parseInteger(bytes, 0, bytes.length)
      if (!Number.isNaN(small)) assert.equal(BigInt(small), big)
    })
  }
  wire.close()
})

test('adds long doubles to the last digit of the reference', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const seed = new Seed(3)
  const target = new Uint8Array(LONG_DOUBLE_LENGTH_MAX)
  for (let batch = 0; batch < batches * 2; batch++) {
    const pairs = Array.from({ length: batchSize }, () => [summand(seed), summand(seed)] as const)
    const commands = pairs.flatMap(([a, b]) => [
      ['SET', 'k', Buffer.from(a, 'latin1')],
      ['INCRBYFLOAT', 'k', Buffer.from(b, 'latin1')],
    ])
    const replies = await wire.pipeline(commands)
    pairs.forEach(([a, b], i) => {
      const left = new Span(Buffer.from(a, 'latin1'))
      const end = addLongDouble(target, 0, left, new Span(Buffer.from(b, 'latin1')))
      const refusal =
        end === NOT_FINITE
          ? 'ERR increment would produce NaN or Infinity'
          : 'ERR value is not a valid float'
      const ours = end < 0 ? refusal : Buffer.from(target.subarray(0, end)).toString('latin1')
      assert.equal(ours, shown(replies[i * 2 + 1]?.value ?? { kind: 'nil' }), `${a} + ${b}`)
    })
  }
  wire.close()
})
