// record.ts: how a record of a table lies in memory.
//
//   byte 0   key length, 0 to 61, or KEY_LONG or KEY_OUTSIZED; DEAD and HAS_NUMBER are added
//   byte 1   value length, 0 to 253, or VALUE_LONG or VALUE_OUTSIZED   (in tables with values)
//   …        the length u16 of a long key, the length u16 of a long value
//   …        key bytes, value bytes, zeros up to a multiple of 4
//   …        the number, a double (8 bytes), where it has one
//
// An outsized key or value lies in a buffer of its own (outsized.ts): at its place are the four
// bytes of its slot. A dead record keeps its bytes.
// The `head` of a table is the number of bytes before the lengths of what is long: 1, or 2 where
// there are values.

/** The longest key that lies inside its record, in bytes. */
export const KEY_MAX = 16384
/** The longest value that lies inside its record, in bytes. */
export const VALUE_MAX = 16384

export const KEY_BITS = 0x3f
export const KEY_SHORT_MAX = 61
export const KEY_LONG = 62
export const KEY_OUTSIZED = 63
export const DEAD = 0x40
export const HAS_NUMBER = 0x80
export const VALUE_SHORT_MAX = 253
export const VALUE_LONG = 254
export const VALUE_OUTSIZED = 255
/** Words of a number. */
export const NUMBER_WORDS = 2
const LENGTH_BYTES = 2
const SLOT_BYTES = 4

const scratch = new Float64Array(1)
const scratchWords = new Int32Array(scratch.buffer)

/** Words of a record with a key and a value of that many bytes. */
export function wordsFor(head: number, keyLength: number, valueLength: number): number {
  let size = head + keyLength + valueLength
  if (keyLength > KEY_SHORT_MAX) size += keyLength > KEY_MAX ? SLOT_BYTES - keyLength : LENGTH_BYTES
  if (valueLength > VALUE_SHORT_MAX) {
    size += valueLength > VALUE_MAX ? SLOT_BYTES - valueLength : LENGTH_BYTES
  }
  return (size + 3) >>> 2
}

/** Words of the record at an offset, dead or alive. */
export function wordsAt(bytes: Uint8Array, at: number, head: number): number {
  const end = valueStart(bytes, at, head) + valueRoom(bytes, at, head)
  return ((end - at + 3) >>> 2) + ((bytes[at] >>> 6) & NUMBER_WORDS)
}

/** Bytes the key takes inside the record. */
export function keyRoom(bytes: Uint8Array, at: number, head: number): number {
  const code = bytes[at] & KEY_BITS
  if (code <= KEY_SHORT_MAX) return code
  return code === KEY_LONG ? readLength(bytes, at + head) : SLOT_BYTES
}

/** Where the key begins. */
export function keyStart(bytes: Uint8Array, at: number, head: number): number {
  let start = at + head
  if ((bytes[at] & KEY_BITS) === KEY_LONG) start += LENGTH_BYTES
  if (head === 2 && bytes[at + 1] === VALUE_LONG) start += LENGTH_BYTES
  return start
}

/** Bytes the value takes inside the record. */
export function valueRoom(bytes: Uint8Array, at: number, head: number): number {
  if (head === 1) return 0
  const code = bytes[at + 1]
  if (code <= VALUE_SHORT_MAX) return code
  if (code === VALUE_OUTSIZED) return SLOT_BYTES
  return readLength(bytes, at + head + ((bytes[at] & KEY_BITS) === KEY_LONG ? LENGTH_BYTES : 0))
}

/** Where the value begins. */
export function valueStart(bytes: Uint8Array, at: number, head: number): number {
  return keyStart(bytes, at, head) + keyRoom(bytes, at, head)
}

/** Writes what tells the lengths of a record; returns where its key begins. */
export function writeHead(
  bytes: Uint8Array,
  at: number,
  head: number,
  keyLength: number,
  valueLength: number,
): number {
  let to = at + head
  bytes[at] = keyLength
  if (keyLength > KEY_MAX) bytes[at] = KEY_OUTSIZED
  else if (keyLength > KEY_SHORT_MAX) {
    bytes[at] = KEY_LONG
    writeLength(bytes, to, keyLength)
    to += LENGTH_BYTES
  }
  if (head === 1) return to
  bytes[at + 1] = valueLength
  if (valueLength > VALUE_MAX) bytes[at + 1] = VALUE_OUTSIZED
  else if (valueLength > VALUE_SHORT_MAX) {
    bytes[at + 1] = VALUE_LONG
    writeLength(bytes, to, valueLength)
    to += LENGTH_BYTES
  }
  return to
}

/** A double that lies in two words, which need not be aligned to 8 bytes. */
export function readNumber(words: Int32Array, at: number): number {
  scratchWords[0] = words[at]
  scratchWords[1] = words[at + 1]
  return scratch[0]
}

export function writeNumber(words: Int32Array, at: number, value: number): void {
  scratch[0] = value
  words[at] = scratchWords[0]
  words[at + 1] = scratchWords[1]
}

/** A slot number that lies unaligned. */
export function readSlot(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
}

export function writeSlot(bytes: Uint8Array, at: number, slot: number): void {
  bytes[at] = slot
  bytes[at + 1] = slot >>> 8
  bytes[at + 2] = slot >>> 16
  bytes[at + 3] = slot >>> 24
}

function readLength(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8)
}

function writeLength(bytes: Uint8Array, at: number, length: number): void {
  bytes[at] = length
  bytes[at + 1] = length >>> 8
}
