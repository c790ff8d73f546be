// background.ts: `daemonize yes` without a fork: the server is started once more, detached from
// the terminal, and this process ends as redis-server's parent does.

import type ChildProcess from 'node:child_process'
import { createRequire } from 'node:module'

/** Set for the process in the background, so that it does not start another. */
const MARK = 'RUBELLITE_IN_BACKGROUND'

/** Whether this is the process in the background; asked once, since its children are not. */
export function isInBackground(): boolean {
  const marked = process.env[MARK] !== undefined
  delete process.env[MARK]
  return marked
}

/**
 * Starts this program again in the background, with the same arguments.
 * @param stdin what standard input said, for the new process to read
 */
export async function startInBackground(stdin: string): Promise<void> {
  // Loaded here because every other start would only wait for it.
  const { spawn } = createRequire(import.meta.url)('node:child_process') as typeof ChildProcess
  const args = [...process.execArgv, ...process.argv.slice(1)]
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { ...process.env, [MARK]: '1' },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // It does not read what it was not asked to read.
    child.stdin.on('error', () => {})
    child.stdin.end(stdin, 'latin1', () => {
      child.unref()
      resolve()
    })
  })
}
