// element-hash.ts: where an element goes in a HyperLogLog: MurmurHash64A of its bytes says which
// register, and how long a run of zero bits it was.
//
// JavaScript has no 64-bit integers that are fast: a hash is two halves of 32 bits, and a product
// takes four multiplications of 16 bits for what overflows the low half.

// The multiplier 0xc6a4a7935bd1e995, its low half also in quarters.
const FACTOR_HIGH = 0xc6a4a793 | 0
const FACTOR_LOW = 0x5bd1e995
const FACTOR_LOW_UPPER = 0x5bd1
const FACTOR_LOW_LOWER = 0xe995
const SEED = 0xadc83b19 | 0

/** Bits of the hash that name the register. */
export const INDEX_BITS = 14
const INDEX_MASK = (1 << INDEX_BITS) - 1
/** Bits of the low half that are left for the run. */
const RUN_BITS_LOW = 32 - INDEX_BITS

// The halves of the last product.
let high = 0
let low = 0

/**
 * The register of an element and its run of zeros.
 * @returns index | run << INDEX_BITS: the index from 0 to 16383, the run from 1 to 51
 */
export function registerOf(bytes: Uint8Array, start: number, end: number): number {
  hashElement(bytes, start, end)
  const index = low & INDEX_MASK
  const rest = low >>> INDEX_BITS
  let run: number
  if (rest !== 0) run = trailingZeros(rest) + 1
  else if (high !== 0) run = RUN_BITS_LOW + trailingZeros(high) + 1
  else run = RUN_BITS_LOW + 33
  return index | (run << INDEX_BITS)
}

/** The hash in hexadecimal digits, for tests. */
export function hashText(bytes: Uint8Array, start: number, end: number): string {
  hashElement(bytes, start, end)
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}

/** MurmurHash64A; leaves the hash in `high` and `low`. */
function hashElement(bytes: Uint8Array, start: number, end: number): void {
  const length = end - start
  multiply(0, length)
  let h = high
  let l = low ^ SEED
  let at = start
  for (const last = end - (length & 7); at < last; at += 8) {
    multiply(readWord(bytes, at + 4), readWord(bytes, at))
    multiply(high, low ^ (high >>> 15))
    multiply(h ^ high, l ^ low)
    h = high
    l = low
  }
  if (at < end) {
    for (let shift = 0; at < end; at++, shift += 8) {
      if (shift < 32) l ^= bytes[at]! << shift
      else h ^= bytes[at]! << (shift - 32)
    }
    multiply(h, l)
    h = high
    l = low
  }
  multiply(h, l ^ (h >>> 15))
  low ^= high >>> 15
}

function readWord(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

/** Leaves the product with the multiplier in `high` and `low`. */
function multiply(h: number, l: number): void {
  const lower = l & 0xffff
  const upper = l >>> 16
  // Neither sum passes 2^32.
  const middle = Math.imul(upper, FACTOR_LOW_LOWER) + (Math.imul(lower, FACTOR_LOW_LOWER) >>> 16)
  const other = Math.imul(lower, FACTOR_LOW_UPPER) + (middle & 0xffff)
  const carry = Math.imul(upper, FACTOR_LOW_UPPER) + (middle >>> 16) + (other >>> 16)
  high = (carry + Math.imul(h, FACTOR_LOW) + Math.imul(l, FACTOR_HIGH)) | 0
  low = Math.imul(l, FACTOR_LOW)
}

function trailingZeros(n: number): number {
  return 31 - Math.clz32(n & -n)
}
