// crc16.ts: the cluster slot of a key. CRC-16/XMODEM (polynomial 0x1021, start 0, not reflected),
// as the Redis Cluster specification fixes it.

/** How many slots a cluster has. */
export const SLOTS = 16384

const OPEN = 0x7b
const CLOSE = 0x7d

const table = new Uint16Array(256)
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)
  table[byte] = crc
}

/** The CRC-16/XMODEM of the bytes, 0 to 65535. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0
  for (let at = start; at < end; at++) {
    crc = ((crc << 8) & 0xff00) ^ table[(crc >> 8) ^ bytes[at]]
  }
  return crc
}

/**
 * The slot of a key, 0 to 16383. Keys that share a hash tag share a slot: when the first '{' is
 * followed by a '}' with something between, only what is between them counts.
 */
export function keySlot(bytes: Uint8Array, start: number, end: number): number {
  const open = find(bytes, start, end, OPEN)
  if (open < end) {
    const close = find(bytes, open + 1, end, CLOSE)
    if (close < end && close > open + 1) return crc16(bytes, open + 1, close) % SLOTS
  }
  return crc16(bytes, start, end) % SLOTS
}

// The offset of the byte, or `end`. A loop: keys are too short for `indexOf` to pay.
function find(bytes: Uint8Array, start: number, end: number, byte: number): number {
  let at = start
  while (at < end && bytes[at] !== byte) at++
  return at
}
