// sha1.ts: SHA-1 (FIPS 180-4), for DEBUG DIGEST and the names of scripts: a fingerprint, no secret.

const DIGEST_LENGTH = 20
const BLOCK = 64
const ROUNDS = 80

const schedule = new Int32Array(ROUNDS)
const state = new Int32Array(5)
const tail = new Uint8Array(2 * BLOCK)

/**
 * Writes the digest of bytes.
 * @param into receives 20 bytes at its begin; it may be what is digested
 */
export function sha1(bytes: Uint8Array, start: number, end: number, into: Uint8Array): void {
  state[0] = 0x67452301
  state[1] = 0xefcdab89
  state[2] = 0x98badcfe
  state[3] = 0x10325476
  state[4] = 0xc3d2e1f0
  const length = end - start
  const whole = start + length - (length % BLOCK)
  for (let at = start; at < whole; at += BLOCK) mixBlock(bytes, at)
  mixTail(bytes, whole, end, length)
  for (let i = 0; i < DIGEST_LENGTH; i++) into[i] = state[i >> 2] >>> (24 - 8 * (i & 3))
}

/** The last bytes, a set bit, zeros, and the length in bits: one block or two. */
function mixTail(bytes: Uint8Array, from: number, end: number, length: number): void {
  const rest = end - from
  tail.fill(0)
  for (let i = 0; i < rest; i++) tail[i] = bytes[from + i]
  tail[rest] = 0x80
  const size = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK
  // The length takes 8 bytes; no array has 2^50 of them, so that the first stays zero.
  let bits = length * 8
  for (let at = size - 1; bits > 0; at--) {
    tail[at] = bits % 256
    bits = Math.floor(bits / 256)
  }
  for (let at = 0; at < size; at += BLOCK) mixBlock(tail, at)
}

function mixBlock(bytes: Uint8Array, at: number): void {
  const w = schedule
  for (let i = 0; i < 16; i++) {
    const j = at + i * 4
    w[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3]
  }
  for (let i = 16; i < ROUNDS; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1)
  let [a, b, c, d, e] = state
  for (let i = 0; i < ROUNDS; i++) {
    const next = (rotate(a, 5) + choose(i, b, c, d) + e + w[i]) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  state[0] += a
  state[1] += b
  state[2] += c
  state[3] += d
  state[4] += e
}

/** The function of a round with its constant. */
function choose(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
