// campaign.ts: many scripts from one seed, in rounds that each start from nothing.
import { Seed } from '../support/seed.ts'
import { type Duel, fight, type Line } from './duel.ts'
import { makeCommand } from './sentences.ts'
import { describe, shrink } from './shrink.ts'

/** Short enough to shrink quickly, long enough for states to grow. */
const roundLength = 500

export interface Campaign extends Duel {
  commands: number
  seed: number
  /** How many mismatches are looked for before it ends. */
  mismatchesMax: number
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
  for (let round = 0; outcome.commands < campaign.commands; round++) {
    const script = makeScript(new Seed(campaign.seed * 1_000_003 + round))
    const mismatch = await fight(campaign, script)
    outcome.commands += mismatch === undefined ? script.length : mismatch.index + 1
    if (mismatch === undefined) continue
    const shrunk = await shrink(campaign, script, mismatch)
    outcome.mismatches.push(`seed ${campaign.seed}, round ${round}:\n${describe(shrunk)}`)
    if (outcome.mismatches.length >= campaign.mismatchesMax) break
  }
  return outcome
}

/** Mostly one session; a second one steps in now and then, for WATCH and its kind. */
function makeScript(seed: Seed): Line[] {
  let session = 1
  return Array.from({ length: roundLength }, () => {
    if (seed.chance(0.05)) session = seed.chance(0.7) ? 1 : 2
    return { session, args: makeCommand(seed) }
  })
}
