// digest.ts: fingerprints of data, the same as redis-server's DEBUG DIGEST computes.
//
//   mix   digest = SHA-1(digest xor SHA-1(bytes))   the order counts
//   xor   digest = digest xor SHA-1(bytes)          the order does not count
//   add   digest = digest xor SHA-1(other)          the order does not count
//
// A list mixes its elements, a set xors them; a hash mixes each field and its value into a digest
// of their own and adds that.

import { sha1 } from '../../formats/sha1.ts'

const LENGTH = 20

export class Digest {
  readonly bytes = new Uint8Array(LENGTH)
  private readonly hash = new Uint8Array(LENGTH)

  clear(): this {
    this.bytes.fill(0)
    return this
  }

  mix(bytes: Uint8Array, start = 0, end = bytes.length): void {
    this.xor(bytes, start, end)
    sha1(this.bytes, 0, LENGTH, this.bytes)
  }

  xor(bytes: Uint8Array, start = 0, end = bytes.length): void {
    sha1(bytes, start, end, this.hash)
    for (let i = 0; i < LENGTH; i++) this.bytes[i]! ^= this.hash[i]!
  }

  /** Adds what another digest has gathered, whatever the order of such additions. */
  add(other: Digest): void {
    this.xor(other.bytes)
  }

  mixNumber(n: number): void {
    this.mix(Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n))
  }

  toString(): string {
    return Array.from(this.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}
