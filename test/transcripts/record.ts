// record.ts: writes the replies of the reference server into a transcript.
import { setTimeout as sleep } from 'node:timers/promises'
import { matches } from './match.ts'
import { referenceModes, type Stage } from './modes.ts'
import { answer } from './play.ts'
import { type CommandStep, endOfReply, parseTranscript } from './transcript.ts'

/**
 * Plays the commands against redis-server 8.2.3 in both protocols.
 * @param text a transcript, replies optional.
 * @returns the transcript with the server's replies. A reply that matches stays as it is written,
 * with its marks; the two forms of a reply that differ by protocol stand behind `=2` and `=3`.
 */
export async function record(text: string): Promise<string> {
  const transcript = parseTranscript(text)
  const hosts = await Promise.all(referenceModes.map((mode) => mode.open()))
  try {
    const stages = await Promise.all(hosts.map((host) => host.stage()))
    const lines: string[] = []
    let copied = 0
    for (const step of transcript.steps) {
      lines.push(...transcript.lines.slice(copied, step.line))
      copied = step.line
      if (step.kind === 'advance') {
        await sleep(step.ms)
        continue
      }
      const end = endOfReply(transcript.lines, step.line)
      lines.push(...(await recordReply(step, stages, transcript.lines.slice(step.line, end))))
      copied = end
    }
    lines.push(...transcript.lines.slice(copied))
    return `${lines.join('\n')}\n`
  } finally {
    await Promise.all(hosts.map((host) => host.close()))
  }
}

async function recordReply(step: CommandStep, stages: Stage[], written: string[]) {
  if (step.exceptions.some((exception) => exception.mode === 'real')) return written
  const { isUnordered, resp2, resp3 } = step.expected
  const expected = [resp2, resp3]
  const replies = await Promise.all(
    stages.map(async (stage, i) =>
      answer(step, await stage.talk(step.session), (expected[i] ?? []).join('\n')),
    ),
  )
  const rules = { isUnordered, isClockManual: false }
  const holds = replies.every((reply, i) => matches(expected[i] ?? [], reply, rules))
  if (holds && written.length > 0) return written
  const [second = '', third = ''] = replies
  const isSame = matches(second.split('\n'), third, rules)
  const forms = isSame ? [second] : ['=2', second, '=3', third]
  return (isUnordered ? ['~', ...forms] : forms).join('\n').split('\n')
}
