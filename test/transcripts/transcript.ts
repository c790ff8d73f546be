// transcript.ts: reads a transcript, the notation in which most of our tests are written.
//
//   # a comment
//   > SET k v                  a command of the first session, in redis-cli's quoting
//   OK                         the reply as redis-cli prints it on a terminal
//   @2 > GET k                 a command of the second session
//   >> "*1\r\n$4\r\nPING\r\n"  bytes as they are
//   <                          one more reply without a request (also `@2 <`)
//   +1001ms                    advances the clock; units ms s m h d
//   !real jemalloc only        the next command (at the top: the file) is left out of these modes
//
// In a reply: `~` as its first line says that the items come in any order; a line that ends in `…`
// is a prefix, `…` alone stands for all that follows; `(integer) 100 ±5` allows for a clock that
// runs; `=2` and `=3` introduce the two forms of a reply that prints differently in RESP2 and in
// RESP3; `(no reply)` and `(closed)` are the two answers that are none.
import { encodeRequest } from '../support/resp.ts'
import { splitWords } from './words.ts'

/** The forms of an expected reply; both are the same list unless the file says otherwise. */
export interface Expected {
  resp2: string[]
  resp3: string[]
  isUnordered: boolean
}

/** A mode, or a family of modes, in which something does not hold, and why. */
export interface Exception {
  mode: string
  reason: string
}

export interface CommandStep {
  kind: 'command'
  line: number
  session: number
  /** The bytes to send; none when only a reply is awaited. */
  request: Buffer
  expected: Expected
  exceptions: Exception[]
}

export interface AdvanceStep {
  kind: 'advance'
  line: number
  ms: number
}

export type Step = CommandStep | AdvanceStep

export interface Transcript {
  lines: string[]
  exceptions: Exception[]
  steps: Step[]
}

const commandLine = /^(?:@(\d+) )?(>>|>|<)(?: (.*))?$/
const clockLine = /^\+(\d+)(ms|s|m|h|d)$/
const exceptionLine = /^!(\S+) (.+)$/
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** @throws Error with the line number when the text is no transcript. */
export function parseTranscript(text: string): Transcript {
  const lines = text.replace(/\n+$/, '').split('\n')
  const transcript: Transcript = { lines, exceptions: [], steps: [] }
  let pending: Exception[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const exception = exceptionLine.exec(line)
    if (exception !== null) {
      const target = transcript.steps.length === 0 ? transcript.exceptions : pending
      target.push({ mode: exception[1] ?? '', reason: exception[2] ?? '' })
      continue
    }
    if (line === '' || line.startsWith('#')) continue
    const step = readStep(line, at + 1)
    if (step.kind === 'command') {
      const end = endOfReply(lines, at + 1)
      step.expected = readExpected(lines.slice(at + 1, end))
      step.exceptions = pending
      pending = []
      at = end - 1
    }
    transcript.steps.push(step)
  }
  return transcript
}

/** The line index after the reply that starts at `from`. */
export function endOfReply(lines: string[], from: number): number {
  let end = from
  while (end < lines.length && !startsStep(lines[end] ?? '')) end++
  return end
}

function startsStep(line: string): boolean {
  if (line === '' || line.startsWith('# ') || line === '#') return true
  return commandLine.test(line) || clockLine.test(line) || exceptionLine.test(line)
}

function readStep(line: string, number: number): Step {
  const clock = clockLine.exec(line)
  if (clock !== null) {
    const unit = units[clock[2] as keyof typeof units]
    return { kind: 'advance', line: number, ms: Number(clock[1]) * unit }
  }
  const command = commandLine.exec(line)
  if (command === null) throw new Error(`line ${number} is neither command nor mark: ${line}`)
  const words = splitWords(command[3] ?? '')
  const request = { '<': () => Buffer.alloc(0), '>>': () => Buffer.concat(words) }[command[2] ?? '']
  return {
    kind: 'command',
    line: number,
    session: Number(command[1] ?? '1'),
    request: request?.() ?? encodeRequest(words),
    expected: { resp2: [], resp3: [], isUnordered: false },
    exceptions: [],
  }
}

function readExpected(lines: string[]): Expected {
  const isUnordered = lines[0] === '~'
  const reply = isUnordered ? lines.slice(1) : lines
  const second = reply.indexOf('=3')
  if (reply[0] !== '=2' || second < 0) return { resp2: reply, resp3: reply, isUnordered }
  return { resp2: reply.slice(1, second), resp3: reply.slice(second + 1), isUnordered }
}
