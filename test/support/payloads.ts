// payloads.ts: what DUMP made before Redis 7, laid by hand: ziplists, zipmaps, plain elements.
import { Crc64 } from '#src/formats/crc64.js'

const ENCODED_INTEGERS = ['f1', 'fd', 'fe80', 'c00080', 'f0ffff7f', 'd0ffffff7f']

/** An RDB type and its value, sealed as a payload of an RDB version that everybody reads. */
export function sealed(type: number, value: Uint8Array): Buffer {
  const payload = Buffer.concat([Buffer.of(type), value, Buffer.of(6, 0), Buffer.alloc(8)])
  return resealed(payload)
}

/** The same payload with a right checksum. */
export function resealed(payload: Buffer): Buffer {
  const at = payload.length - 8
  new Crc64().update(payload, 0, at).write(payload, at)
  return payload
}

/** A length and bytes, as RDB has strings. */
function string(bytes: Uint8Array): Buffer {
  const { length } = bytes
  const head = length < 64 ? Buffer.of(length) : Buffer.of(0x40 | (length >> 8), length & 255)
  return Buffer.concat([head, bytes])
}

function strings(...texts: string[]): Buffer[] {
  return texts.map((text) => string(Buffer.from(text)))
}

function ziplist(entries: readonly Buffer[]): Buffer {
  let before = 0
  let tail = 10
  let at = 10
  const parts = entries.map((entry) => {
    const part = Buffer.concat([Buffer.of(before), entry])
    before = part.length
    tail = at
    at += before
    return part
  })
  const header = Buffer.alloc(10)
  header.writeUInt32LE(at + 1, 0)
  header.writeUInt32LE(tail, 4)
  header.writeUInt16LE(entries.length, 8)
  return Buffer.concat([header, ...parts, Buffer.of(0xff)])
}

function texts(...list: string[]): Buffer[] {
  return list.map((text) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]))
}

const integers = ENCODED_INTEGERS.map((hex) => Buffer.from(hex, 'hex'))

/** Payloads by a name that says what they are. */
export function legacyPayloads(): Map<string, Buffer> {
  const zipmap = '\x02\x04name\x03\x00Ada\x03age\x02\x0136\x09\xff'
  const fractions = Buffer.alloc(8)
  fractions.writeDoubleLE(2.5)
  return new Map([
    [
      'list of elements',
      sealed(1, Buffer.concat([Buffer.of(3), ...strings('a', '12', 'long text')])),
    ],
    [
      'set of elements',
      sealed(2, Buffer.concat([Buffer.of(3), ...strings('a', '12', 'long text')])),
    ],
    ['set of integers', sealed(2, Buffer.concat([Buffer.of(3), ...strings('1', '-2', '70000')]))],
    [
      'sorted set with scores as text',
      sealed(3, Buffer.from('\x02\x01a\x032.5\x01b\xff', 'latin1')),
    ],
    ['sorted set of elements', sealed(5, Buffer.concat([Buffer.of(1, 1, 97), fractions]))],
    ['hash of fields', sealed(4, Buffer.concat([Buffer.of(2), ...strings('a', '1', 'b', 'text')]))],
    ['zipmap', sealed(9, string(Buffer.from(zipmap, 'latin1')))],
    ['list in a ziplist', sealed(10, string(ziplist([...texts('a', '', 'hello'), ...integers])))],
    ['sorted set in a ziplist', sealed(12, string(ziplist(texts('a', '1', 'b', '2.5'))))],
    ['hash in a ziplist', sealed(13, string(ziplist([...texts('a', '1'), ...integers])))],
    [
      'list of ziplists',
      sealed(
        14,
        Buffer.concat([
          Buffer.of(2),
          string(ziplist(texts('a', 'b'))),
          string(ziplist([...integers, ...texts('c')])),
        ]),
      ),
    ],
  ])
}
