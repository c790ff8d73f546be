// shrink.ts: shows a mismatch by the fewest commands that still lead to it.
import { quoted } from '../support/printed.ts'
import { type Failing, shorten } from '../support/shorten.ts'
import { type Duel, fight, type Line, type Mismatch } from './duel.ts'

const trialsMax = 600

export type Shrunk = Failing<Line, Mismatch>

/** @param script one that shows the mismatch. */
export function shrink(duel: Duel, script: Line[], mismatch: Mismatch): Promise<Shrunk> {
  const first = { list: script.slice(0, mismatch.index + 1), proof: mismatch }
  const attempt = async (list: Line[]) => {
    const proof = await fight(duel, list)
    return proof === undefined ? undefined : { list: list.slice(0, proof.index + 1), proof }
  }
  return shorten(first, attempt, trialsMax)
}

/** The script as one can type it into redis-cli, and both replies to its last command. */
export function describe({ list, proof }: Shrunk): string {
  const lines = list.map(({ session, args }) => {
    const words = args.map((arg) => readable(Buffer.from(arg)))
    return `${session === 1 ? '' : `@${session} `}> ${words.join(' ')}`
  })
  return [...lines, `  ours:      ${proof.ours}`, `  reference: ${proof.theirs}`].join('\n')
}

function readable(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /^[\w:.*{}?^#+-]+$/.test(text) ? text : quoted(bytes)
}
