// stdin.ts: standard input taken whole, and a password typed without being shown.

import { once } from 'node:events'
import { ShellExit } from '../exit.ts'

/** All of standard input. */
export async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Lets go of standard input: while it is open, the process does not end. */
export function leaveStdin(): void {
  process.stdin.pause()
  process.stdin.unref?.()
}

/** Asks for a password at the terminal, a star for each character, or reads a line of input. */
export async function askPassword(question: string): Promise<string> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return firstLine((await readStdin()).toString())
  stderr.write(question)
  stdin.setRawMode(true)
  let typed = ''
  try {
    while (!/[\r\n\x03\x04]/.test(typed)) {
      const [keys] = (await once(stdin, 'data')) as [Buffer]
      const before = [...visible(typed)].length
      typed = erase(typed + keys.toString())
      const after = [...visible(typed)].length
      stderr.write(after < before ? '\b \b'.repeat(before - after) : '*'.repeat(after - before))
    }
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
  if (typed.includes('\x03')) throw new ShellExit(1)
  return visible(typed)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}

/** The password so far: what stands before the key that ends it. */
function visible(typed: string): string {
  return typed.split(/[\r\n\x03\x04]/, 1)[0]!
}

/** Carries out the backspaces among what was typed, and a Ctrl-U. */
function erase(typed: string): string {
  const kept: string[] = []
  for (const key of typed) {
    if (key === '\x7f' || key === '\b') kept.pop()
    else if (key === '\x15') kept.length = 0
    else kept.push(key)
  }
  return kept.join('')
}
