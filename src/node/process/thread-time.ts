// thread-time.ts: the processor time of the main thread alone, for INFO: the rest of the process is
// the runtime's threads for files, compiling and collecting.
//
// Newer versions of Node tell by process.threadCpuUsage; Linux tells in /proc to a hundredth of a
// second, in ticks of which there are a hundred on all that Node runs on.

import { readFileSync } from 'node:fs'
import type { ProcessorTime } from '../../engine/contract/ports.ts'

/** Microseconds in a tick. */
const TICK = 10_000
/** Where user and system time stand, counted behind the name of the thread. */
const USER = 11
const SYSTEM = 12

/** The function of newer versions, which the types of older ones do not know. */
type ThreadClock = { threadCpuUsage?: () => ProcessorTime }

/** What the main thread has used; undefined where nobody can tell. */
export function mainThreadTime(): ProcessorTime | undefined {
  const { threadCpuUsage } = process as ThreadClock
  try {
    return threadCpuUsage?.call(process) ?? timeInProc(process.pid)
  } catch {
    // It is there on systems that do not know it, too.
    return undefined
  }
}

/**
 * The same out of /proc.
 * @returns undefined where there is none
 */
export function timeInProc(pid: number): ProcessorTime | undefined {
  let line: string
  try {
    line = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [user, system] = [Number(fields[USER]), Number(fields[SYSTEM])]
  return user >= 0 && system >= 0 ? { user: user * TICK, system: system * TICK } : undefined
}
