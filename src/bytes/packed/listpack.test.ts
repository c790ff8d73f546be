// listpack.test.ts: the listpack against a naive twin: an array of texts, encoded anew each time.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { latin1, Span } from '../memory/span.ts'
import {
  adjustListpack,
  EMPTY_LISTPACK,
  LISTPACK_HEADER,
  listpackAt,
  listpackBytes,
  listpackCount,
  listpackEntryEnd,
  listpackEntrySize,
  listpackFirst,
  listpackInteger,
  listpackIntegerSize,
  listpackLast,
  listpackNext,
  listpackPrevious,
  PackedEntry,
  readListpackEntry,
  setListpackHeader,
  writeListpackEntry,
  writeListpackInteger,
} from './listpack.ts'
import { validateListpack } from './listpack-check.ts'
import { findInListpack, listpackEntryEquals } from './listpack-find.ts'

const INTEGER = /^(0|-?[1-9]\d{0,18})$/

function littleEndian(n: bigint, size: number): number[] {
  const bytes: number[] = []
  for (let i = 0; i < size; i++) bytes.push(Number((n >> BigInt(8 * i)) & 255n))
  return bytes
}

function fits(n: bigint, bits: number): boolean {
  return BigInt.asIntN(bits, n) === n
}

function encodeInteger(n: bigint): number[] {
  if (n >= 0n && n < 128n) return [Number(n)]
  if (fits(n, 13)) return [0xc0 | Number((n >> 8n) & 31n), Number(n & 255n)]
  if (fits(n, 16)) return [0xf1, ...littleEndian(n, 2)]
  if (fits(n, 24)) return [0xf2, ...littleEndian(n, 3)]
  if (fits(n, 32)) return [0xf3, ...littleEndian(n, 4)]
  return [0xf4, ...littleEndian(n, 8)]
}

function encodeText(text: string): number[] {
  const bytes = [...latin1(text)]
  if (bytes.length < 64) return [0x80 | bytes.length, ...bytes]
  if (bytes.length < 4096) return [0xe0 | (bytes.length >> 8), bytes.length & 255, ...bytes]
  return [0xf0, ...littleEndian(BigInt(bytes.length), 4), ...bytes]
}

function backLength(length: number): number[] {
  const sevens = [length & 127]
  for (let rest = length >>> 7; rest > 0; rest >>>= 7) sevens.unshift(rest & 127)
  // Redis gives the last length of each size one byte more.
  if (length === 16383 || length === 2097151) sevens.unshift(0)
  return sevens.map((seven, i) => (i === 0 ? seven : seven | 128))
}

function encode(text: string): number[] {
  const isInteger = INTEGER.test(text) && fits(BigInt(text), 64)
  const body = isInteger ? encodeInteger(BigInt(text)) : encodeText(text)
  return [...body, ...backLength(body.length)]
}

function listpackOf(texts: readonly string[]): Uint8Array {
  const body = texts.flatMap(encode)
  const count = Math.min(texts.length, 65535)
  const total = littleEndian(BigInt(body.length + 7), 4)
  return new Uint8Array([...total, ...littleEndian(BigInt(count), 2), ...body, 255])
}

function spanOf(text: string): Span {
  return new Span(latin1(text))
}

/** Inserts before entry number `index`, as a type does in its own room. */
function insert(bytes: Uint8Array, index: number, text: string): Uint8Array {
  const element = spanOf(text)
  const size = listpackEntrySize(element)
  const at = listpackAt(bytes, 0, bytes.length, index) || bytes.length - 1
  const grown = new Uint8Array(bytes.length + size)
  grown.set(bytes.subarray(0, at))
  grown.set(bytes.subarray(at), at + size)
  assert.equal(writeListpackEntry(grown, at, element), at + size)
  adjustListpack(grown, 0, size, 1)
  return grown
}

function remove(bytes: Uint8Array, index: number): Uint8Array {
  const at = listpackAt(bytes, 0, bytes.length, index)
  const end = listpackEntryEnd(bytes, at)
  const shrunk = bytes.slice(0, bytes.length - (end - at))
  shrunk.set(bytes.subarray(end), at)
  adjustListpack(shrunk, 0, at - end, -1)
  return shrunk
}

function randomText(random: Random): string {
  const dice = random.below(12)
  if (dice < 3) return String(random.below(300) - 100)
  if (dice === 3) return String((random.below(2) || -1) * random.below(2 ** 31))
  if (dice === 4) return String(BigInt(random.below(2 ** 31)) ** 2n * (dice % 2 === 0 ? -1n : 2n))
  if (dice === 5) return `0${random.below(100)}`
  const sizes = [5, 20, 63, 64, 130, 4095, 4100]
  const length = random.below(sizes[random.below(dice === 6 ? 7 : 5)]! + 1)
  return String.fromCharCode(97 + random.below(3)).repeat(length)
}

const edges = [
  ...['0', '127', '128', '-1', '4095', '4096', '-4096', '-4097', '32767', '32768', '-32769'],
  ...['8388607', '8388608', '-8388609', '2147483647', '2147483648', '-2147483649'],
  ...['9007199254740993', '-9007199254740993', '9223372036854775807', '-9223372036854775808'],
  ...['9223372036854775808', '', '-', '-0', '00', '01', '+1', ' 1', '1 ', '1.0'],
]

describe('a listpack', () => {
  it('is byte for byte what the twin makes of every border', () => {
    const long = [63, 64, 125, 126, 4093, 4094, 4095, 4096, 16377, 16378, 16379].map((n) =>
      'x'.repeat(n),
    )
    const texts = [...edges, ...long, 'x'.repeat(2097146), 'x'.repeat(2097147)]
    let bytes: Uint8Array = EMPTY_LISTPACK
    for (const text of texts) bytes = insert(bytes, 70_000, text)
    assert.deepEqual(Buffer.compare(bytes, listpackOf(texts)), 0)
    assert.ok(validateListpack(bytes, 0, bytes.length, true))
    const entry = new PackedEntry()
    let at = LISTPACK_HEADER
    for (const text of texts) {
      at = readListpackEntry(bytes, at, entry)
      assert.equal(entry.span.text(), text)
      if (entry.isInteger) assert.equal(entry.int64.number, Number(text))
    }
    at = bytes.length - 1
    for (const text of texts.toReversed()) {
      at = listpackPrevious(bytes, 0, at)
      assert.ok(listpackEntryEquals(bytes, at, spanOf(text)))
    }
    assert.equal(listpackPrevious(bytes, 0, at), 0)
  })

  it('is its twin through 20,000 random changes', () => {
    const random = new Random(5)
    let bytes: Uint8Array = EMPTY_LISTPACK
    let twin: string[] = []
    for (let i = 0; i < 20_000; i++) {
      if (twin.length > 60) {
        twin = []
        bytes = EMPTY_LISTPACK
      }
      const index = random.below(twin.length + 1)
      if (random.below(5) > 0 || index === twin.length) {
        const text = randomText(random)
        bytes = insert(bytes, index, text)
        twin.splice(index, 0, text)
      } else {
        bytes = remove(bytes, index)
        twin.splice(index, 1)
      }
      if (i % 10 !== 0) continue
      assert.equal(Buffer.compare(bytes, listpackOf(twin)), 0)
      assert.ok(validateListpack(bytes, 0, bytes.length, true))
      compareFinds(bytes, twin, random)
    }
  })

  it('lies anywhere in its array', () => {
    const twin = ['a', '5', 'bb', '-70000', 'c'.repeat(200)]
    const bytes = new Uint8Array(1000).fill(0xff)
    const packed = listpackOf(twin)
    bytes.set(packed, 100)
    const end = 100 + packed.length
    assert.equal(listpackBytes(bytes, 100), packed.length)
    assert.equal(listpackFirst(bytes, 100), 106)
    assert.equal(listpackNext(bytes, 106), 109)
    assert.equal(listpackLast(bytes, 100, end), listpackAt(bytes, 100, end, 4))
    assert.equal(listpackNext(bytes, listpackLast(bytes, 100, end)), 0)
    assert.equal(listpackInteger(bytes, listpackAt(bytes, 100, end, -2)), -70000)
    assert.ok(Number.isNaN(listpackInteger(bytes, 106)))
    assert.equal(findInListpack(bytes, 100, end, spanOf('5'), 1), 109)
    assert.equal(findInListpack(bytes, 100, end, spanOf('5'), 2), 0)
    assert.ok(validateListpack(bytes, 100, end, true))
    assert.ok(!validateListpack(bytes, 100, end + 1, true))
  })

  it('writes safe integers as their texts', () => {
    for (const text of edges) {
      const n = Number(text)
      if (String(n) !== text || !Number.isSafeInteger(n)) continue
      const target = new Uint8Array(11)
      assert.equal(writeListpackInteger(target, 0, n), listpackIntegerSize(n))
      assert.deepEqual([...target.subarray(0, listpackIntegerSize(n))], encode(text))
      assert.equal(listpackInteger(target, 0), n)
    }
  })

  it('counts what the header cannot', () => {
    const body = new Uint8Array(LISTPACK_HEADER + 2 * 70_000 + 1).fill(1)
    body[body.length - 1] = 0xff
    setListpackHeader(body, 0, body.length, 70_000)
    assert.equal(body[4]! | (body[5]! << 8), 65535)
    assert.equal(listpackCount(body, 0, body.length), 70_000)
    assert.equal(listpackAt(body, 0, body.length, 69_999), body.length - 3)
    assert.equal(listpackAt(body, 0, body.length, -70_000), LISTPACK_HEADER)
    assert.equal(listpackAt(body, 0, body.length, 70_000), 0)
    assert.equal(listpackAt(body, 0, body.length, -70_001), 0)
    assert.ok(validateListpack(body, 0, body.length, true))
    adjustListpack(body, 0, 0, -1)
    assert.equal(body[4]! | (body[5]! << 8), 65535, 'an unknown count stays unknown')
    setListpackHeader(body, 0, body.length, 65534)
    adjustListpack(body, 0, 0, 1)
    assert.equal(body[4]! | (body[5]! << 8), 65535)
  })

  it('finds an integer in any encoding', () => {
    // 5 as a text, in 12 bits of length, in 16 bits and in 64 bits, as a stranger may send it.
    const forms = [
      [0x81, 0x35, 2],
      [0xe0, 1, 0x35, 3],
      [0xf1, 5, 0, 3],
      [0xf4, 5, 0, 0, 0, 0, 0, 0, 0, 9],
    ]
    for (const form of forms) {
      const bytes = new Uint8Array([form.length + 7, 0, 0, 0, 1, 0, ...form, 255])
      assert.ok(validateListpack(bytes, 0, bytes.length, true))
      assert.equal(findInListpack(bytes, 0, bytes.length, spanOf('5'), 1), 6)
      assert.equal(findInListpack(bytes, 0, bytes.length, spanOf('6'), 1), 0)
    }
  })

  it('is refused or can be walked when any byte of it is another', () => {
    const twin = [...edges.slice(0, 20), 'abc', 'd'.repeat(70), 'e'.repeat(4096)]
    const packed = listpackOf(twin)
    let refused = 0
    for (let i = 0; i < packed.length; i += i < 300 || i > packed.length - 20 ? 1 : 97) {
      for (let value = 0; value < 256; value++) {
        const bytes = packed.slice()
        bytes[i] = value
        if (validateListpack(bytes, 0, bytes.length, true)) walk(bytes)
        else refused++
      }
    }
    assert.ok(refused > 10_000)
  })
})

function compareFinds(bytes: Uint8Array, twin: string[], random: Random): void {
  const end = bytes.length
  const needle = random.below(2) === 0 ? randomText(random) : (twin[random.below(99)] ?? '')
  for (const stride of [1, 2, 3]) {
    const place = twin.findIndex((text, i) => i % stride === 0 && text === needle)
    const expected = place < 0 ? 0 : listpackAt(bytes, 0, end, place)
    assert.equal(findInListpack(bytes, 0, end, spanOf(needle), stride), expected)
  }
  const entry = new PackedEntry()
  for (const index of [0, 1, random.below(60), -1, -2, -1 - random.below(60)]) {
    const at = listpackAt(bytes, 0, end, index)
    const expected = twin.at(index)
    assert.equal(at === 0, expected === undefined)
    if (at === 0) continue
    readListpackEntry(bytes, at, entry)
    assert.equal(entry.span.text(), expected)
  }
}

function walk(bytes: Uint8Array): void {
  const entry = new PackedEntry()
  const offsets: number[] = []
  for (let at = LISTPACK_HEADER; at < bytes.length - 1; ) {
    offsets.push(at)
    at = readListpackEntry(bytes, at, entry)
    assert.ok(entry.span.end <= entry.span.bytes.length)
    assert.ok(at < bytes.length)
  }
  for (let at = listpackLast(bytes, 0, bytes.length); at !== 0; ) {
    assert.equal(at, offsets.pop())
    at = listpackPrevious(bytes, 0, at)
  }
  assert.equal(offsets.length, 0)
}
