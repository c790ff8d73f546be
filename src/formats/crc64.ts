// crc64.ts: the checksum of RDB files and DUMP payloads. CRC-64 with the polynomial of David
// Jones, 0xad93d23594c935a9, reflected, start 0, no final inversion; "123456789" gives
// 0xe9c6d914c4b8d9ca.
//
// A 64-bit register is two int32 halves here: bigint would allocate for every byte. Eight bytes
// are folded per step ("slicing by 8"): table k holds what a byte does to the register when k
// more bytes follow it, so one step is eight independent look-ups instead of a chain of eight.

const TABLES = 8
const POLYNOMIAL_HIGH = 0x95ac9329
const POLYNOMIAL_LOW = 0xac4bc9b5

const tableHigh = new Int32Array(TABLES * 256)
const tableLow = new Int32Array(TABLES * 256)

/** A running checksum: feed it bytes in any portions, then take the 64 bits. */
export class Crc64 {
  /** The upper 32 bits, as int32. */
  high = 0
  /** The lower 32 bits, as int32. */
  low = 0

  constructor() {
    if (tableLow[1] === 0) fillTables()
  }

  reset(): this {
    this.high = 0
    this.low = 0
    return this
  }

  update(bytes: Uint8Array, start: number, end: number): this {
    let high = this.high
    let low = this.low
    let at = start
    for (; end - at >= TABLES; at += TABLES) {
      const a = low ^ readInt32(bytes, at)
      const b = high ^ readInt32(bytes, at + 4)
      const i0 = 1792 + (a & 255)
      const i1 = 1536 + ((a >>> 8) & 255)
      const i2 = 1280 + ((a >>> 16) & 255)
      const i3 = 1024 + (a >>> 24)
      const i4 = 768 + (b & 255)
      const i5 = 512 + ((b >>> 8) & 255)
      const i6 = 256 + ((b >>> 16) & 255)
      const i7 = b >>> 24
      low = tableLow[i0] ^ tableLow[i1] ^ tableLow[i2] ^ tableLow[i3]
      low ^= tableLow[i4] ^ tableLow[i5] ^ tableLow[i6] ^ tableLow[i7]
      high = tableHigh[i0] ^ tableHigh[i1] ^ tableHigh[i2] ^ tableHigh[i3]
      high ^= tableHigh[i4] ^ tableHigh[i5] ^ tableHigh[i6] ^ tableHigh[i7]
    }
    for (; at < end; at++) {
      const index = (low ^ bytes[at]) & 255
      low = ((low >>> 8) | (high << 24)) ^ tableLow[index]
      high = (high >>> 8) ^ tableHigh[index]
    }
    this.high = high
    this.low = low
    return this
  }

  /** Writes the 64 bits little-endian, as files carry them; returns the offset behind them. */
  write(target: Uint8Array, at: number): number {
    writeInt32(target, at, this.low)
    writeInt32(target, at + 4, this.high)
    return at + 8
  }

  /** Whether these eight bytes are the checksum, little-endian. */
  matches(bytes: Uint8Array, at: number): boolean {
    return readInt32(bytes, at) === this.low && readInt32(bytes, at + 4) === this.high
  }
}

function readInt32(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
}

function writeInt32(target: Uint8Array, at: number, n: number): void {
  target[at] = n
  target[at + 1] = n >>> 8
  target[at + 2] = n >>> 16
  target[at + 3] = n >>> 24
}

// With the first checksum, not with the first import: most programs never take one.
function fillTables(): void {
  for (let byte = 0; byte < 256; byte++) {
    let high = 0
    let low = byte
    for (let bit = 0; bit < 8; bit++) {
      const carry = low & 1
      low = (low >>> 1) | (high << 31)
      high >>>= 1
      if (carry) {
        high ^= POLYNOMIAL_HIGH
        low ^= POLYNOMIAL_LOW
      }
    }
    tableHigh[byte] = high
    tableLow[byte] = low
  }
  for (let i = 256; i < TABLES * 256; i++) {
    const high = tableHigh[i - 256]
    const low = tableLow[i - 256]
    tableHigh[i] = (high >>> 8) ^ tableHigh[low & 255]
    tableLow[i] = ((low >>> 8) | (high << 24)) ^ tableLow[low & 255]
  }
}
