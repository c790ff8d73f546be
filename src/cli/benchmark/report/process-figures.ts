// process-figures.ts: what a process has used, read from Linux's /proc.
//
// Processor time comes from two places. /proc/<pid>/stat counts all threads, ended ones too, but
// in steps of 10 ms; the schedstat of each task counts nanoseconds, but only of living threads.
// The fine one is used as long as it agrees with the other to within two steps.
import { readdirSync, readFileSync } from 'node:fs'

/** Processor time so far, in seconds. */
export interface CpuSample {
  coarse: number
  /** The same in nanosecond steps; undefined when the kernel does not keep it. */
  fine: number | undefined
}

/** USER_HZ, which is 100 on every architecture Linux serves Node on. */
const TICKS_PER_SECOND = 100
/** The coarse clock may be off by a step at either end. */
const AGREEMENT_SECONDS = 0.02

/** Processor time of a process; undefined where there is no /proc or no such process. */
export function sampleCpu(pid: number): CpuSample | undefined {
  const fields = statFields(pid)
  if (fields === undefined) return undefined
  const ticks = Number(fields[11]) + Number(fields[12])
  return { coarse: ticks / TICKS_PER_SECOND, fine: fineSeconds(pid) }
}

/** Seconds used between two samples. */
export function cpuBetween(before: CpuSample, after: CpuSample): number {
  const coarse = after.coarse - before.coarse
  if (before.fine === undefined || after.fine === undefined) return coarse
  const fine = after.fine - before.fine
  return Math.abs(fine - coarse) <= AGREEMENT_SECONDS ? fine : coarse
}

/** Resident memory of a process in bytes; undefined where there is no /proc. */
export function residentBytes(pid: number): number | undefined {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')
  return line === null ? undefined : Number(line[1]) * 1024
}

/** Whether `pid` is `ancestor` or was started by it, directly or not. */
export function descendsFrom(pid: number, ancestor: number): boolean {
  for (let current = pid; current > 1; ) {
    if (current === ancestor) return true
    current = Number(statFields(current)?.[1] ?? 0)
  }
  return false
}

// The name in the second field may hold spaces and parentheses: fields count from behind it.
function statFields(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function fineSeconds(pid: number): number | undefined {
  let nanoseconds = 0
  try {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number.parseInt(read(`/proc/${pid}/task/${task}/schedstat`) ?? '', 10)
    }
  } catch {
    return undefined
  }
  return Number.isNaN(nanoseconds) ? undefined : nanoseconds / 1e9
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
