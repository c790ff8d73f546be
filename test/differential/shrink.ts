// shrink.ts: makes a script that shows a mismatch as short as it will go.
import { quoted } from '../support/printed.ts'
import { type Duel, fight, type Line, type Mismatch } from './duel.ts'

const trialsMax = 500

export interface Shrunk {
  script: Line[]
  mismatch: Mismatch
}

/**
 * Deletes commands, in large pieces first, as long as some reply still differs.
 * @param script a script that shows a mismatch.
 */
export async function shrink(duel: Duel, script: Line[], mismatch: Mismatch): Promise<Shrunk> {
  let best = { script: script.slice(0, mismatch.index + 1), mismatch }
  let piece = best.script.length >> 1
  for (let trials = 0; piece >= 1 && trials < trialsMax; ) {
    let hasShrunk = false
    for (let at = 0; at < best.script.length - 1 && trials < trialsMax; trials++) {
      const last = Math.min(at + piece, best.script.length - 1)
      const shorter = [...best.script.slice(0, at), ...best.script.slice(last)]
      const found = await fight(duel, shorter)
      if (found === undefined) {
        at += piece
        continue
      }
      best = { script: shorter.slice(0, found.index + 1), mismatch: found }
      hasShrunk = true
    }
    if (!hasShrunk || piece > 1) piece >>= 1
  }
  return best
}

/** The script as one can type it into redis-cli, and both replies to its last command. */
export function describe({ script, mismatch }: Shrunk): string {
  const lines = script.map(({ session, args }) => {
    const words = args.map((arg) => readable(Buffer.from(arg)))
    return `${session === 1 ? '' : `@${session} `}> ${words.join(' ')}`
  })
  return [...lines, `  ours:      ${mismatch.ours}`, `  reference: ${mismatch.theirs}`].join('\n')
}

function readable(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /^[\w:.*{}?^#+-]+$/.test(text) ? text : quoted(bytes)
}
