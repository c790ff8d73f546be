// log.ts: the server's log, line by line as redis-server writes it, since scripts read it.
//
//   1234:M 02 Jan 2026 15:04:05.678 * Ready to accept connections tcp
//   └pid └role                       └ . debug  - verbose  * notice  # warning
//
// A log file is opened for every line, so that it may be moved away at any time. Lines are written
// before the next thing happens: the last one explains why the process ended.

import { appendFileSync, writeSync } from 'node:fs'
import type { LogLevel } from '../../engine/contract/ports.ts'

const SIGNS: Record<LogLevel, string> = { debug: '.', verbose: '-', notice: '*', warning: '#' }
const ORDER: readonly string[] = ['debug', 'verbose', 'notice', 'warning', 'nothing']
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** Longer lines are cut off, in characters. */
const LINE_MAX = 1024

export class Log {
  /** The least level that is written; `nothing` writes none. */
  level = 'notice'
  /** Path of the log file; empty is standard output. */
  file = ''
  /** C while the server starts, then M: it is a primary. */
  role = 'C'

  /** Writes a line. */
  write(level: LogLevel, text: string): void {
    if (!this.shows(level)) return
    const line = text.slice(0, LINE_MAX).replaceAll('\n', ' ')
    this.append(`${process.pid}:${this.role} ${timestamp()} ${SIGNS[level]} ${line}\n`)
  }

  /** Writes a line as redis-server's signal handler does. */
  signal(text: string): void {
    if (!this.shows('warning')) return
    this.append(`${process.pid}:signal-handler (${Math.floor(Date.now() / 1000)}) ${text}\n`)
  }

  /** Writes text of several lines as it is. */
  raw(level: LogLevel, text: string): void {
    if (this.shows(level)) this.append(text)
  }

  private shows(level: LogLevel): boolean {
    return ORDER.indexOf(level) >= ORDER.indexOf(this.level)
  }

  private append(text: string): void {
    // A full disk or a closed pipe must not stop a server that works.
    try {
      if (this.file === '') writeAll(1, Buffer.from(text))
      else appendFileSync(this.file, text)
    } catch {}
  }
}

/** A pipe whose reader is slow takes a part, or nothing for now. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  let at = 0
  for (let attempt = 0; at < bytes.length && attempt < 1000; attempt++) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

function timestamp(): string {
  const now = new Date()
  const two = (n: number) => String(n).padStart(2, '0')
  const date = `${two(now.getDate())} ${MONTHS[now.getMonth()]} ${now.getFullYear()}`
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`
  return `${date} ${time}.${String(now.getMilliseconds()).padStart(3, '0')}`
}
