// hot-keys.ts: `--hotkeys`: the keys that are used most, where an LFU policy counts their use.

import { binary, complain, refuse, say } from '../format/output.ts'
import { quote } from '../format/quote.ts'
import type { Session } from '../session.ts'
import { ask, askAll, Interruption, numberOf, percent, textOf } from './mode.ts'
import { batches } from './scan.ts'
import { ScanScreen } from './scan-screen.ts'

const SHOWN = 16
const STEPS_PER_REST = 100

interface HotKey {
  /** Quoted. */
  name: string
  frequency: number
}

export async function hotKeys(session: Session): Promise<void> {
  const interruption = new Interruption()
  const databaseSize = numberOf(await ask(session, ['DBSIZE'])) ?? 0
  say('\n# Scanning the entire keyspace to find hot keys as well as')
  say('# average sizes per key type.  You can use -i 0.1 to sleep 0.1 sec')
  say('# per 100 SCAN commands (not usually needed).\n')
  const screen = new ScanScreen(databaseSize)
  const hottest: HotKey[] = []
  let keys = 0
  for await (const batch of batches(session, interruption, STEPS_PER_REST)) {
    const done = percent(keys, databaseSize)
    const replies = await askAll(
      session,
      batch.map((key) => ['OBJECT', 'FREQ', key]),
    )
    for (const [i, key] of batch.entries()) {
      keys++
      const name = quote(binary(key))
      const reply = replies[i]
      const frequency = numberOf(reply)
      if (reply?.type === 'error') refuse(`Error: ${textOf(reply)}`)
      if (frequency === undefined) {
        complain(`Warning: OBJECT freq on '${name}' failed (may have been deleted)`)
      } else if (enter(hottest, { name, frequency })) {
        screen.log(`[${done}%] Hot key ${name} found so far with counter ${frequency}`)
      }
    }
    screen.show(keys, () => hottest.map(line))
  }
  screen.end(keys)
  const done = interruption.pressed ? `[${percent(keys, databaseSize)}%] ` : ''
  say('\n-------- summary -------\n')
  say(`${done}Sampled ${keys} keys in the keyspace!`)
  for (const hot of hottest) say(line(hot))
  interruption.end()
}

/** Enters a key among the hottest, in their order; false where it is none of them. */
function enter(hottest: HotKey[], key: HotKey): boolean {
  if (key.frequency === 0) return false
  const place = hottest.findIndex(({ frequency }) => frequency <= key.frequency)
  if (place < 0 && hottest.length === SHOWN) return false
  // Of keys used alike, those found first stay.
  if (place >= 0 && hottest.length === SHOWN && hottest.at(-1)!.frequency === key.frequency) {
    return false
  }
  hottest.splice(place < 0 ? hottest.length : place, 0, key)
  if (hottest.length > SHOWN) hottest.pop()
  return true
}

function line({ name, frequency }: HotKey): string {
  return `hot key found with counter: ${frequency}\tkeyname: ${name}`
}
