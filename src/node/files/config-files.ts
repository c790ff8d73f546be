// config-files.ts: where directives come from: a file, standard input, files that are included.
//
// Text of configurations is a string of bytes, one character each, since values need not be UTF-8.

import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { globMatches } from '../../bytes/text/glob.ts'
import type { ConfigFile } from '../../engine/config/configuration.ts'
import { errorText } from '../process/error-text.ts'

/** The string of bytes that a JavaScript string is in UTF-8. */
export function bytesText(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** The JavaScript string that a string of bytes is in UTF-8. */
export function pathOf(text: string): string {
  return Buffer.from(text, 'latin1').toString()
}

/**
 * The configuration that a server is started with.
 * @param path absolute path of the file
 * @throws Error with redis-server's line for the log
 */
export function readConfigFile(path: string): string {
  try {
    return withoutMark(readFileSync(path, 'latin1'))
  } catch (error) {
    const reason = errorText(error as NodeJS.ErrnoException)
    throw new Error(`Fatal error, can't open config file '${path}': ${reason}`)
  }
}

/** The byte order mark, as bytes, that some editors write in front of UTF-8. */
const MARK = '\xef\xbb\xbf'

/** redis-server takes the mark for a part of the first directive's name, and does not start. */
function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text
}

/** All of standard input. */
export function readStandardInput(): string {
  try {
    return readFileSync(0, 'latin1')
  } catch (error) {
    // A closed terminal or a pipe that nobody writes: nothing to read.
    if (['EAGAIN', 'EOF', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

/**
 * The text of the files that an `include` line names.
 * @param pattern a path or glob pattern, as bytes; a pattern may match nothing
 * @throws Error
 */
export function readIncluded(pattern: string): string {
  const paths = /[*?[]/.test(pattern) ? expand(pattern) : [pattern]
  return paths.map((path) => readConfigFile(pathOf(path))).join('\n')
}

/** The paths a glob pattern matches, in order. */
function expand(pattern: string): string[] {
  const [first = '', ...rest] = pattern.split('/')
  let found = first === '' ? ['/'] : matchesIn('.', first)
  for (const part of rest) {
    if (part !== '') found = found.flatMap((folder) => matchesIn(folder, part))
  }
  return found.sort()
}

function matchesIn(folder: string, part: string): string[] {
  const inside = (name: string) => (folder === '.' ? name : join(folder, name))
  if (!/[*?[]/.test(part)) return [inside(part)]
  const glob = new Span(latin1(part))
  let names: string[]
  try {
    names = readdirSync(pathOf(folder)).map(bytesText)
  } catch {
    return []
  }
  return names
    .filter((name) => name.startsWith('.') === part.startsWith('.'))
    .filter((name) => globMatches(glob, new Span(latin1(name)), false))
    .map(inside)
}

/** The file that CONFIG REWRITE rewrites: a new one is written beside it and takes its name. */
export class RewritableFile implements ConfigFile {
  private readonly path: string

  /** @param path absolute path */
  constructor(path: string) {
    this.path = path
  }

  read(): string {
    try {
      return withoutMark(readFileSync(this.path, 'latin1'))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
      throw new Error(errorText(error as NodeJS.ErrnoException))
    }
  }

  replace(text: string): void {
    const temporary = `${this.path}.${process.pid}.tmp`
    try {
      writeDurably(temporary, text)
      chmodSync(temporary, 0o644 & ~process.umask())
      renameSync(temporary, this.path)
      syncFolder(dirname(this.path))
    } catch (error) {
      try {
        unlinkSync(temporary)
      } catch {}
      throw new Error(errorText(error as NodeJS.ErrnoException))
    }
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx')
  try {
    const bytes = Buffer.from(text, 'latin1')
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** A new name lasts only once its folder is on disk; not every system can be asked for that. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r')
    fsyncSync(descriptor)
    closeSync(descriptor)
  } catch {}
}
