// damage.ts: payloads of every type and encoding, damaged in every byte, with the checksum put
// right again; and what becomes of them here and in redis-server.
import assert from 'node:assert/strict'
import { Rubellite } from 'rubellite'
import { legacyPayloads, resealed } from '../support/payloads.ts'
import type { Decoded } from '../support/resp.ts'
import type { Seed } from '../support/seed.ts'
import type { Wire } from '../support/wire.ts'
import { lowLimits, smallValues } from './small-values.ts'

/** Bytes that are put in the place of another one, besides one by chance and its neighbours. */
const telling = [0, 1, 0x7f, 0x80, 0xc0, 0xf0, 0xfe, 0xff]
const footer = 10

export function openDatabase(): Promise<Rubellite> {
  const config = { ...lowLimits, 'enable-debug-command': 'yes' }
  return Rubellite.open({ clock: 'manual', now: Date.UTC(2030, 0, 1), seed: 1, config })
}

/** A payload for each value, as our DUMP makes it for two RDB versions, and the old ones. */
export async function payloads(): Promise<Map<string, Buffer>> {
  const found = legacyPayloads()
  for (const version of ['12', '10']) {
    await using db = await openDatabase()
    db.call('CONFIG', 'SET', 'rdb-version', version)
    for (const [name, commands] of Object.entries(smallValues)) {
      for (const [command = '', ...args] of commands) db.call(command, ...args)
      // Version 10 has no fields that expire.
      if (version === '10' && name.startsWith('expiring')) continue
      found.set(`${name} (${version})`, Buffer.from(db.callBytes<Uint8Array>('DUMP', name)))
    }
  }
  return found
}

/** The payload with one byte changed, for each byte before the footer. */
export function* damaged(payload: Buffer, seed: Seed): Generator<Buffer> {
  for (let at = 0; at < payload.length - footer; at++) {
    const old = payload[at] as number
    for (const byte of [
      seed.below(256),
      old ^ (1 << seed.below(8)),
      old + 1,
      old - 1,
      seed.pick(telling),
    ]) {
      const copy = Buffer.from(payload)
      copy[at] = byte
      yield resealed(copy)
    }
  }
}

/** Two bytes changed, bytes cut out or put in. */
export function* mangled(payload: Buffer, seed: Seed, count: number): Generator<Buffer> {
  const body = payload.length - footer
  for (let i = 0; i < count; i++) {
    let copy = Buffer.from(payload)
    for (let k = seed.between(1, 3); k > 0; k--) copy[seed.below(body)] = seed.pick(telling)
    const at = seed.below(body)
    const kind = seed.below(3)
    if (kind === 0) {
      const end = Math.min(body, at + seed.below(9))
      copy = Buffer.concat([copy.subarray(0, at), copy.subarray(end)])
    }
    if (kind === 1) {
      copy = Buffer.concat([copy.subarray(0, at), Buffer.of(seed.below(256)), copy.subarray(at)])
    }
    if (copy.length > footer) yield resealed(copy)
  }
}

/** What became of a payload: the error, or type, encoding and digest. */
export type Verdict = string

const walks: Readonly<Record<string, readonly string[]>> = {
  string: ['GET', 'k'],
  list: ['LRANGE', 'k', '0', '-1'],
  hash: ['HGETALL', 'k'],
  set: ['SMEMBERS', 'k'],
  zset: ['ZRANGE', 'k', '0', '-1', 'WITHSCORES'],
  stream: ['XRANGE', 'k', '-', '+'],
}

/** Restores a payload here, and looks at all of the value where it is taken. */
export function ourVerdict(db: Rubellite, payload: Buffer): Verdict {
  try {
    db.callBytes('RESTORE', 'k', '0', payload, 'REPLACE')
  } catch (error) {
    return String((error as Error).message)
  }
  const type = db.call<string>('TYPE', 'k')
  const [command = '', ...args] = walks[type] ?? []
  db.callBytes(command, ...args)
  const digest = db.call<string[]>('DEBUG', 'DIGEST-VALUE', 'k')
  // What was taken is a value like any other: it can be copied, saved and restored again.
  db.call('COPY', 'k', 'copy', 'REPLACE')
  db.callBytes('RESTORE', 'again', '0', db.callBytes<Uint8Array>('DUMP', 'copy'), 'REPLACE')
  assert.deepEqual(db.call('DEBUG', 'DIGEST-VALUE', 'again'), digest, payload.toString('hex'))
  return `${type} ${db.call('OBJECT', 'ENCODING', 'k')} ${digest}`
}

const shown = (value: Decoded): string =>
  'text' in value ? value.text : 'bytes' in value ? value.bytes.toString() : value.kind

/** The same of a server, some payloads at a time. */
export async function theirVerdicts(wire: Wire, list: readonly Buffer[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (let i = 0; i < list.length; i += 50) {
    verdicts.push(...(await someVerdicts(wire, list.slice(i, i + 50))))
  }
  return verdicts
}

async function someVerdicts(wire: Wire, list: readonly Buffer[]): Promise<Verdict[]> {
  const replies = await wire.pipeline(
    list.flatMap((payload) => [
      ['RESTORE', 'k', '0', payload, 'REPLACE'],
      ['TYPE', 'k'],
      ['OBJECT', 'ENCODING', 'k'],
      ['DEBUG', 'DIGEST-VALUE', 'k'],
      ['DEL', 'k'],
    ]),
  )
  return list.map((_, i) => {
    const [restored, type, encoding, digest] = replies.slice(i * 5).map(({ value }) => value)
    if (restored?.kind === 'error') return restored.text
    const digests = digest !== undefined && 'items' in digest ? digest.items.map(shown) : []
    return `${shown(type as Decoded)} ${shown(encoding as Decoded)} ${digests}`
  })
}
