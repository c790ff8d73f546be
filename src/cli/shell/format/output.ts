// output.ts: what the shell writes, byte for byte.
//
// Replies may hold any bytes, so text on its way out is 'binary': one character per byte. A pipe
// whose reader is slow takes only part of it at once; whoever writes much awaits `drained`, and
// the shell awaits `flushed` before it ends, or the rest would be lost with the process.

import { once } from 'node:events'
import { ShellExit } from '../exit.ts'

/** The exit code a shell reports for a program that a closed pipe has killed. */
const EXIT_SIGPIPE = 141

/** Bytes as text with one character per byte. */
export function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** Bytes as ordinary text, read as UTF-8. */
export function readable(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
}

/** Ordinary text as text with one character per byte of its UTF-8. */
export function binaryText(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** Writes binary text to standard output. */
export function print(text: string): void {
  process.stdout.write(text, 'latin1')
}

/** Resolves when standard output takes more. */
export async function drained(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
}

/** Resolves when all that was written has left the process. */
export async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()))
  }
}

/** Writes ordinary text and a line end to standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Writes ordinary text and a line end to standard error. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Complains and ends the shell with code 1. */
export function refuse(line: string): never {
  complain(line)
  throw new ShellExit(1)
}

/**
 * A reader that went away (`| head -1`) ends the shell, as the signal would end a C program: a
 * MONITOR would otherwise run for ever.
 */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT_SIGPIPE : 1)
  })
  // Complaints that nobody reads are no reason to stop.
  process.stderr.on('error', () => {})
}

/** Whether replies are for human eyes. FAKETTY lets a test say so, as it does for redis-cli. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true || process.env['FAKETTY'] !== undefined
}

/** The width of the terminal; a terminal that does not know it says 0. */
export function screenColumns(): number {
  return process.stdout.columns || 80
}

/** Wraps text in an SGR sequence, which NO_COLOR leaves out when it is a colour. */
export function style(sgr: '1' | '33' | '90', text: string): string {
  if (process.env['NO_COLOR'] && sgr !== '1') return text
  return `\x1b[${sgr}m${text}\x1b[0m`
}
