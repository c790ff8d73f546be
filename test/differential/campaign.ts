// campaign.ts: many scripts from one seed, in rounds that each start from nothing.
import { readReply } from '../support/resp.ts'
import { Seed } from '../support/seed.ts'
import type { TestServer } from '../support/servers.ts'
import { makeClimate } from './climate.ts'
import { type Duel, fight, type Line } from './duel.ts'
import type { Sentences } from './grammar.ts'
import { chooseSentences, makeCommand } from './sentences.ts'
import { describe, shrink } from './shrink.ts'
import { lexKeys, typedKeys } from './values.ts'

/** Commands of a round: short enough to shrink quickly, long enough for states to grow. */
const roundLength = 500

export interface Campaign extends Duel {
  commands: number
  seed: number
  /** How many mismatches are looked for before it ends. */
  mismatchesMax: number
  /** Names of the commands to try, `Z*` for those with that begin; all when absent. */
  only?: readonly string[]
  /** Commands of a round, where that is to be another number. */
  round?: number
}

export interface Outcome {
  /** Commands compared. */
  commands: number
  /** One shrunk script for each mismatch. */
  mismatches: string[]
}

/** Compares two servers over as many generated commands as asked for. */
export async function compare(campaign: Campaign): Promise<Outcome> {
  const outcome: Outcome = { commands: 0, mismatches: [] }
  const [ours, theirs] = await Promise.all([namesOf(campaign.ours), namesOf(campaign.theirs)])
  const known = new Set(ours.filter((name) => theirs.includes(name)))
  const sentences = chooseSentences(known, campaign.only ?? [])
  for (let round = 0; outcome.commands < campaign.commands; round++) {
    const seed = new Seed(campaign.seed * 1_000_003 + round)
    const script = makeScript(seed, sentences, campaign.round ?? roundLength)
    const mismatch = await fight(campaign, script)
    outcome.commands += mismatch === undefined ? script.length : mismatch.index + 1
    if (mismatch === undefined) continue
    const shrunk = await shrink(campaign, script, mismatch)
    outcome.mismatches.push(`seed ${campaign.seed}, round ${round}:\n${describe(shrunk)}`)
    if (outcome.mismatches.length >= campaign.mismatchesMax) break
  }
  return outcome
}

/** The commands a server has, in upper case. */
async function namesOf(server: TestServer): Promise<string[]> {
  const wire = await server.connect()
  const { raw } = await wire.call('COMMAND', 'LIST')
  wire.close()
  const list = readReply(raw)?.value
  const items = list !== undefined && 'items' in list ? list.items : []
  return items.flatMap((item) => ('bytes' in item ? [item.bytes.toString().toUpperCase()] : []))
}

/** Mostly one session; a second one steps in now and then, for WATCH and its kind. */
function makeScript(seed: Seed, sentences: Sentences, length: number): Line[] {
  let session = 1
  const script = makeClimate(seed).map((args): Line => ({ session, args }))
  for (let i = 0; i < length; i++) {
    if (seed.chance(0.05)) session = seed.chance(0.7) ? 1 : 2
    script.push({ session, args: makeCommand(seed, sentences) })
  }
  return [...script, ...closing(seed)]
}

/** What is there in the end, before and, now and then, after it was saved and loaded. */
function closing(seed: Seed): Line[] {
  const keys = [...typedKeys, ...lexKeys]
  const look = [
    ...keys.map((key) => ['OBJECT', 'ENCODING', key]),
    ...keys.map((key) => ['DUMP', key]),
    ['DEBUG', 'DIGEST-VALUE', ...keys],
    ['DBSIZE'],
    ['DEBUG', 'DIGEST'],
  ]
  const again = seed.chance(0.3) ? [['DEBUG', 'RELOAD'], ...look] : []
  const lines = [['DISCARD'], ['SELECT', '0'], ...look, ...again]
  return lines.map((args) => ({ session: 1, args }))
}
