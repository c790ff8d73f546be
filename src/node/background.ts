// background.ts: `daemonize yes` without a fork: the server is started once more, detached from
// the terminal, and this process ends as redis-server's parent does.

import { spawn } from 'node:child_process'

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
export function startInBackground(stdin: string): Promise<void> {
  const args = [...process.execArgv, ...process.argv.slice(1)]
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { ...process.env, [MARK]: '1' },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.stdin.end(stdin, 'latin1', () => {
      child.unref()
      resolve()
    })
  })
}
