// open-files.ts: how many clients the limit of open files allows.

import { readFileSync } from 'node:fs'

/** Descriptors that the server needs for itself. */
export const RESERVED_FILES = 32

/** The process's limit of open files; Infinity where it is unknown. Node raises it by itself. */
export function openFilesMax(): number {
  try {
    const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))
    return line === null ? Number.POSITIVE_INFINITY : Number(line[1])
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
