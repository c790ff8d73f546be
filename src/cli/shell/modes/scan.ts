// scan.ts: all keys of the database, a few at a time; and `--scan`, which prints them.

import { setTimeout as pause } from 'node:timers/promises'
import type { Argument } from '../../../node/net/link.ts'
import { binary, drained, print, refuse } from '../format/output.ts'
import { quote } from '../format/quote.ts'
import type { Session } from '../session.ts'
import { ask, Interruption, textOf } from './mode.ts'

/** Keys of one step of the scan, as bytes. */
export type Batch = readonly Uint8Array[]

/**
 * Walks through the keys that match `--pattern`, in steps of `--count`.
 *
 * @param restEvery steps after which it rests for as long as `-i` says.
 */
export async function* batches(
  session: Session,
  interruption: Interruption,
  restEvery: number,
): AsyncGenerator<Batch> {
  const { pattern, scanCount, intervalMs } = session.settings
  const words: Argument[] = pattern === undefined ? [] : ['MATCH', pattern]
  if (scanCount !== undefined) words.push('COUNT', String(scanCount))
  let cursor = '0'
  for (let steps = 1; !interruption.pressed; steps++) {
    const reply = await ask(session, ['SCAN', cursor, ...words])
    if (reply.type !== 'array' || reply.items.length !== 2) refuse('Non ARRAY response from SCAN!')
    const [next, keys] = reply.items
    cursor = textOf(next)
    yield keys?.type === 'array'
      ? keys.items.flatMap((key) => ('bytes' in key ? key.bytes : []))
      : []
    if (cursor === '0') return
    if (intervalMs > 0 && steps % restEvery === 0) await pause(intervalMs)
  }
}

/** `--scan`: prints the keys, quoted where people read them. */
export async function scan(session: Session): Promise<void> {
  const interruption = new Interruption()
  const { mode } = session.settings.format
  for await (const batch of batches(session, interruption, 1)) {
    for (const key of batch) {
      const name = binary(key)
      print(`${mode === 'standard' ? quote(name) : name}\n`)
    }
    await drained()
  }
  interruption.end()
}
