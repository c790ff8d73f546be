// utf8.ts: UTF-8 between JavaScript strings and bytes, without a platform's encoder.
//
// The embedded API turns every argument and reply through here. Short ASCII text, which nearly all
// of it is, takes a loop of one comparison per character; a platform call costs more than that.
// Unpaired surrogates become U+FFFD and malformed bytes too, as the WHATWG encoder and decoder do.

/** Bytes that `text` takes at most in UTF-8. */
export function utf8Room(text: string): number {
  return text.length * 3
}

/** Writes `text` at `at`, where `utf8Room(text)` bytes are free; returns the offset after it. */
export function writeUtf8(target: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) target[at++] = unit
    else {
      const point = pointAt(text, i, unit)
      if (point >= 0x10000) i++
      at = writePoint(target, at, point)
    }
  }
  return at
}

/** The code point that begins at unit `i`; U+FFFD for half a pair. */
function pointAt(text: string, i: number, unit: number): number {
  if (unit < 0xd800 || unit > 0xdfff) return unit
  const low = unit <= 0xdbff && i + 1 < text.length ? text.charCodeAt(i + 1) : 0
  if (low < 0xdc00 || low > 0xdfff) return 0xfffd
  return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
}

function writePoint(target: Uint8Array, at: number, point: number): number {
  if (point < 0x800) target[at++] = 0xc0 | (point >> 6)
  else {
    if (point >= 0x10000) {
      target[at++] = 0xf0 | (point >> 18)
      target[at++] = 0x80 | ((point >> 12) & 0x3f)
    } else target[at++] = 0xe0 | (point >> 12)
    target[at++] = 0x80 | ((point >> 6) & 0x3f)
  }
  target[at++] = 0x80 | (point & 0x3f)
  return at
}

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  const target = new Uint8Array(utf8Room(text))
  return target.slice(0, writeUtf8(target, 0, text))
}

/** The text of UTF-8 bytes; what is malformed reads as U+FFFD. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let i = start
  while (i < end) {
    const byte = bytes[i]
    if (byte < 0x80) {
      text += String.fromCharCode(byte)
      i++
      continue
    }
    const size = sequenceLength(bytes, i, end)
    text += size === 0 ? '\ufffd' : String.fromCodePoint(codePoint(bytes, i, size))
    i += size === 0 ? malformedLength(bytes, i, end) : size
  }
  return text
}

/** Length of the well-formed sequence that begins at `i`, 0 where it is malformed. */
function sequenceLength(bytes: Uint8Array, i: number, end: number): number {
  const first = bytes[i]
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4 || i + size > end) return 0
  for (let k = 1; k < size; k++) if (!continues(bytes, i, k)) return 0
  return size
}

/** Whether byte `k` of the sequence at `i` may stand there. */
function continues(bytes: Uint8Array, i: number, k: number): boolean {
  const byte = bytes[i + k]
  if ((byte & 0xc0) !== 0x80) return false
  if (k !== 1) return true
  const first = bytes[i]
  if (first === 0xe0) return byte >= 0xa0
  if (first === 0xed) return byte < 0xa0
  if (first === 0xf0) return byte >= 0x90
  return first !== 0xf4 || byte < 0x90
}

/** How many bytes one U+FFFD stands for: the longest begin of a sequence that could be one. */
function malformedLength(bytes: Uint8Array, i: number, end: number): number {
  const first = bytes[i]
  if (first < 0xc2 || first > 0xf4) return 1
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  let k = 1
  while (k < size && i + k < end && continues(bytes, i, k)) k++
  return k
}

function codePoint(bytes: Uint8Array, i: number, size: number): number {
  if (size === 2) return ((bytes[i] & 0x1f) << 6) | (bytes[i + 1] & 0x3f)
  const tail = ((bytes[i + size - 2] & 0x3f) << 6) | (bytes[i + size - 1] & 0x3f)
  if (size === 3) return ((bytes[i] & 0x0f) << 12) | tail
  return ((bytes[i] & 0x07) << 18) | ((bytes[i + 1] & 0x3f) << 12) | tail
}
