// identity.ts: what one engine draws once: its seed, the key of its hash, its names. None of it is
// part of the sequence that its commands draw from, which `reseed` begins again.

import { HashKey } from '../../bytes/keys/hash.ts'
import type { Entropy } from '../contract/ports.ts'
import { Random } from '../contract/random.ts'

export type Identity = {
  readonly seed: number
  readonly hashKey: HashKey
  /** 40 hexadecimal digits that name this run. */
  readonly runId: string
  /** 40 hexadecimal digits that name the history of the data. */
  readonly replicationId: string
}

/** @param seed makes all of it repeat, SCAN order and samples included; else it is secret */
export function drawIdentity(entropy: Entropy, seed?: number): Identity {
  const secret = new Uint8Array(12)
  entropy.fill(secret)
  const word = (i: number) =>
    secret[i]! | (secret[i + 1]! << 8) | (secret[i + 2]! << 16) | (secret[i + 3]! << 24)
  const random = new Random(~(seed ?? word(8)))
  const seeded = new HashKey(random.bits(), random.bits())
  return {
    seed: seed ?? word(8),
    hashKey: seed === undefined ? new HashKey(word(0), word(4)) : seeded,
    runId: random.hex(40),
    replicationId: random.hex(40),
  }
}
