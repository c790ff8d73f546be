// id.test.ts: ids against a naive twin: one bigint of 128 bits.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { CommandError } from '../../engine/contract/errors.ts'
import { Random } from '../../engine/contract/random.ts'
import {
  FIRST,
  LAST,
  parseEnd,
  parseId,
  parseNewId,
  parseStart,
  parseStrictId,
} from './commands/id-parser.ts'
import { errors } from './errors.ts'
import {
  compareIds,
  decrementId,
  ID_BYTES,
  ID_MAX,
  ID_TEXT_MAX,
  type Id,
  idText,
  incrementId,
  isLastId,
  isZeroId,
  newId,
  readIdBytes,
  setMilliseconds,
  writeIdBytes,
  writeIdText,
} from './id.ts'

const MODULUS = 2n ** 128n

function wide(id: Id): bigint {
  return id.reduce((n, word) => (n << 32n) | BigInt(word >>> 0), 0n)
}

function fromWide(n: bigint): Id {
  const words = [96n, 64n, 32n, 0n].map((shift) => Number((n >> shift) & 0xffffffffn))
  return Int32Array.from(words)
}

function spanOf(text: string): Span {
  const bytes = Buffer.from(`x${text}x`, 'latin1')
  return new Span(bytes, 1, bytes.length - 1)
}

const random = new Random(5)
const below = (n: number) => random.below(n)
const edges = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n, 2n ** 96n, MODULUS]

function someNumber(): bigint {
  const near = edges[below(edges.length)]! + BigInt(below(5) - 2)
  const half = BigInt(below(2 ** 31)) * BigInt(below(2 ** 31))
  return BigInt.asUintN(128, below(2) === 0 ? near : (half << 64n) | half)
}

describe('an id', () => {
  it('is compared, counted up and down and printed as its number of 128 bits is', () => {
    const text = new Uint8Array(ID_TEXT_MAX)
    const binary = new Uint8Array(ID_BYTES)
    for (let i = 0; i < 20_000; i++) {
      const [n, m] = [someNumber(), someNumber()]
      const id = fromWide(n)
      assert.equal(Math.sign(compareIds(id, 0, fromWide(m), 0)), n < m ? -1 : n > m ? 1 : 0)
      const shown = `${n >> 64n}-${n & (2n ** 64n - 1n)}`
      assert.equal(idText(id), shown)
      assert.equal(Buffer.from(text.subarray(0, writeIdText(text, 0, id, 0))).toString(), shown)
      assert.equal(isZeroId(id, 0), n === 0n)
      assert.equal(isLastId(id, 0), n === MODULUS - 1n)
      writeIdBytes(binary, 0, id, 0)
      assert.equal(Buffer.from(binary).toString('hex'), n.toString(16).padStart(32, '0'))
      const again = newId()
      readIdBytes(binary, 0, again, 0)
      assert.deepEqual(again, id)
      assert.equal(incrementId(id), n !== MODULUS - 1n)
      assert.equal(wide(id), (n + 1n) % MODULUS)
      assert.equal(decrementId(again), n !== 0n)
      assert.equal(wide(again), (n + MODULUS - 1n) % MODULUS)
      parseStrictId(spanOf(shown), again)
      assert.equal(wide(again), n)
    }
  })

  it('is made of a time', () => {
    const id = newId()
    for (const ms of [0, 1, 2 ** 32 - 1, 2 ** 32, 1_795_256_674_249, 2 ** 53 - 1]) {
      setMilliseconds(id.fill(-1), ms)
      assert.equal(idText(id), `${ms}-0`)
    }
  })
})

function parsed(parse: (id: Id) => unknown): string {
  const id = newId()
  try {
    const outcome = parse(id)
    return `${idText(id)}${outcome === false ? ' open' : ''}`
  } catch (error) {
    assert.ok(error instanceof CommandError)
    return error.line
  }
}

const largest = '18446744073709551615'
const refused = errors.streamId.line

describe('the text of an id', () => {
  it('is read as the reference reads it', () => {
    const cases: [text: string, id: string][] = [
      ['5', '5-0'],
      ['5-7', '5-7'],
      [`${largest}-${largest}`, `${largest}-${largest}`],
      ['007-08', '7-8'],
      [' 7- 8', '7-8'],
      ['+7-+8', '7-8'],
      ['5-00', '5-0'],
      ['5\0-9', '5-0'],
      ['5-6\x009', '5-6'],
      ['5--1', refused],
      ['5--01', `5-${largest}`],
      ['18446744073709551616-1', refused],
      ['1-18446744073709551616', refused],
      ['', refused],
      ['-', refused],
      ['+', refused],
      ['1-', refused],
      ['-1', refused],
      ['1-1-1', refused],
      ['1.5', refused],
      ['1e3', refused],
      ['0x1-1', refused],
      ['5-*', refused],
      ['1'.repeat(128), refused],
    ]
    for (const [text, id] of cases) {
      assert.equal(
        parsed((into) => parseStrictId(spanOf(text), into)),
        id,
        text,
      )
    }
  })

  it('may leave its number open where an entry is added', () => {
    const read = (text: string) => parsed((into) => parseNewId(spanOf(text), into))
    assert.equal(read('5-*'), '5-0 open')
    assert.equal(read('05-*'), '5-0 open')
    assert.equal(read('5-3'), '5-3')
    for (const text of ['-*', '1-2-*', ' -5-*', '5-**', 'x-*']) assert.equal(read(text), refused)
  })

  it('bounds a range, inclusive or not', () => {
    const start = (text: string) => parsed((into) => parseStart(spanOf(text), into))
    const end = (text: string) => parsed((into) => parseEnd(spanOf(text), into))
    assert.equal(start('-'), '0-0')
    assert.equal(start('5'), '5-0')
    assert.equal(start('(5'), '5-1')
    assert.equal(start(`(5-${largest}`), '6-0')
    assert.equal(start(`(${largest}-${largest}`), errors.streamRangeStart.line)
    assert.equal(end('+'), idText(ID_MAX))
    assert.equal(end('5'), `5-${largest}`)
    assert.equal(end('(5'), `5-${BigInt(largest) - 1n}`)
    assert.equal(end('(5-0'), `4-${largest}`)
    assert.equal(end('(0-0'), errors.streamRangeEnd.line)
    for (const text of ['(', '(-', '(+', '((1']) {
      assert.equal(start(text), refused)
      assert.equal(end(text), refused)
    }
    assert.equal(
      parsed((into) => parseId(spanOf('5'), into, LAST)),
      `5-${largest}`,
    )
    assert.equal(
      parsed((into) => parseId(spanOf('5'), into, FIRST)),
      '5-0',
    )
  })
})
