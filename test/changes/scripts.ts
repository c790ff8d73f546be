// scripts.ts: what is played in an engine in this process: all transcripts, or commands by seed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeClimate } from '../differential/climate.ts'
import { chooseSentences, makeCommand } from '../differential/sentences.ts'
import { root } from '../support/root.ts'
import { Seed } from '../support/seed.ts'
import { parseTranscript } from '../transcripts/transcript.ts'
import { Scene } from './scene.ts'

/** Does one thing to a scene. */
export type Step = { readonly what: string; play(scene: Scene): Buffer }

/** The steps of each transcript; each is played from nothing. */
export function* transcripts(): Generator<{ name: string; steps: Step[] }> {
  const folder = join(root, 'test', 'transcripts')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((one) => one.endsWith('.txt')).sort()) {
    const { steps } = parseTranscript(readFileSync(join(folder, name), 'utf8'))
    yield { name, steps: steps.map((step) => stepOf(name, step)) }
  }
}

type TranscriptStep = ReturnType<typeof parseTranscript>['steps'][number]

function stepOf(name: string, step: TranscriptStep): Step {
  if (step.kind === 'advance') return advance(step.ms)
  return {
    what: `${name}:${step.line}`,
    play: (scene) => scene.send(step.session, step.request),
  }
}

/** Commands as the differential test makes them; time goes by now and then. */
export function generated(seed: number, count: number): Step[] {
  const chance = new Seed(seed)
  const known = new Set(
    new Scene().engine.table.all().map(({ fullName }) => fullName.toUpperCase()),
  )
  const sentences = chooseSentences(known, [])
  const steps = makeClimate(chance).map((words) => command(1, words))
  while (steps.length < count) {
    if (chance.chance(0.03)) steps.push(advance(chance.pick([1, 50, 2000, 100_000])))
    steps.push(command(chance.chance(0.95) ? 1 : 2, makeCommand(chance, sentences)))
  }
  return steps
}

function command(conversation: number, words: ReturnType<typeof makeCommand>): Step {
  const what = words.map((word) => String(word).slice(0, 40)).join(' ')
  return { what, play: (scene) => scene.run(conversation, words) }
}

function advance(ms: number): Step {
  return {
    what: `+${ms}ms`,
    play(scene) {
      scene.advance(ms)
      return Buffer.alloc(0)
    },
  }
}
