// play.ts: plays one transcript on one stage and says where the replies differ.
import { printed } from '../support/printed.ts'
import { matches } from './match.ts'
import type { Mode, Stage, Talk } from './modes.ts'
import type { CommandStep, Exception, Transcript } from './transcript.ts'

/** Above this a running clock is not waited for. */
const waitMsMax = 1500
const noReply = '(no reply)'
const closed = '(closed)'

/** Why the whole transcript cannot be played in this mode; undefined when it can. */
export function reasonToSkip(transcript: Transcript, mode: Mode): string | undefined {
  const exception = transcript.exceptions.find((candidate) => concerns(candidate, mode.name))
  if (exception !== undefined) return exception.reason
  if (mode.isClockManual) return undefined
  const waits = transcript.steps.map((step) => (step.kind === 'advance' ? step.ms : 0))
  const ms = waits.reduce((sum, wait) => sum + wait, 0)
  return ms > waitMsMax ? `the clock would have to run for ${ms} ms` : undefined
}

/** True when an exception names this mode or one of the words of its name. */
export function concerns(exception: Exception, mode: string): boolean {
  return [mode.replace(' ', '-'), ...mode.split(' ')].includes(exception.mode)
}

/** One place where the reply was another than the transcript says. */
export interface Difference {
  line: number
  expected: string
  actual: string
}

/** Plays all steps; an empty list means that the transcript holds. */
export async function play(transcript: Transcript, stage: Stage, mode: string) {
  const differences: Difference[] = []
  const talks = new Set<Talk>()
  for (const step of transcript.steps) {
    if (step.kind === 'advance') {
      await stage.advance(step.ms)
      continue
    }
    if (step.exceptions.some((exception) => concerns(exception, mode))) continue
    const talk = await stage.talk(step.session)
    talks.add(talk)
    const difference = await playCommand(step, talk, stage)
    if (difference !== undefined) differences.push(difference)
    // Whoever waits for one reply in vain would wait for all that follow.
    if (difference?.actual.startsWith('(no reply in')) break
  }
  for (const talk of talks) {
    for (const extra of talk.unread()) {
      differences.push({ line: 0, expected: noReply, actual: printed(extra.value) })
    }
  }
  return differences
}

async function playCommand(
  step: CommandStep,
  talk: Talk,
  stage: Stage,
): Promise<Difference | undefined> {
  const expected = stage.protocol === 3 ? step.expected.resp3 : step.expected.resp2
  const wanted = expected.join('\n')
  const actual = await answer(step, talk, wanted)
  const { isUnordered } = step.expected
  if (matches(expected, actual, { isUnordered, isClockManual: stage.isClockManual })) return
  return { line: step.line, expected: wanted, actual }
}

/** Sends one command and prints what comes back; `wanted` says what to wait for. */
export async function answer(step: CommandStep, talk: Talk, wanted: string): Promise<string> {
  if (step.request.length > 0) talk.send(step.request)
  if (wanted === noReply) return noReply
  if (wanted === closed) return (await talk.hasClosed()) ? closed : '(still open)'
  try {
    return printed((await talk.next()).value)
  } catch (error) {
    const { message } = error as Error
    return message.includes('closed') ? closed : `(${message})`
  }
}
