// directives.ts: the syntax of redis.conf and of the command line that becomes one.
//
// All text here is a string of bytes: one character per byte, 0 to 255. A password need not be
// UTF-8, and what is read must be written back unchanged by CONFIG REWRITE.

import { latin1, Span } from '../bytes/memory/span.ts'
import { splitInline } from '../bytes/wire/inline.ts'
import { Words } from '../bytes/wire/request.ts'

/** A line that says something: neither blank nor a comment. */
export type DirectiveLine = {
  /** Counted from 1. */
  readonly number: number
  /** The line without the white space around it. */
  readonly text: string
  /** The unquoted words; undefined where a quote is not closed. */
  readonly words: readonly string[] | undefined
}

/** What a command line asks for. */
export type CommandLine = {
  /** The configuration file, when the first argument names one. */
  readonly file: string | undefined
  /** Whether more configuration is to be read from standard input, after the file. */
  readonly stdin: boolean
  /** The options as lines of a configuration, to be read last. */
  readonly text: string
}

/** The lines of a configuration that say something. */
export function readDirectiveLines(text: string): DirectiveLine[] {
  const lines: DirectiveLine[] = []
  text.split('\n').forEach((raw, index) => {
    const line = trimLine(raw)
    if (line === '' || line[0] === '#') return
    lines.push({ number: index + 1, text: line, words: splitWords(line) })
  })
  return lines
}

/** A line without the blanks, tabs and line breaks around it; other control bytes stay. */
export function trimLine(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && isBlank(line.charCodeAt(start))) start++
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--
  return line.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13
}

/**
 * Splits a line into words by the quoting rules of inline commands.
 * @returns undefined when a quote is not closed, or is followed by anything but white space
 */
export function splitWords(line: string): string[] | undefined {
  const words = new Words()
  const bytes = latin1(line)
  if (!splitInline(bytes, 0, bytes.length, words)) return undefined
  const list: string[] = []
  const span = new Span()
  for (let i = 0; i < words.count; i++) {
    list.push(span.set(words.bytes, words.starts[i], words.ends[i]).text())
  }
  return list
}

const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
])

/** A word in double quotes, such that `splitWords` reads the same bytes back. */
export function quoteWord(word: string): string {
  let quoted = '"'
  for (const char of word) {
    const code = char.charCodeAt(0)
    const escaped = ESCAPES.get(char)
    if (escaped !== undefined) quoted += escaped
    else if (code >= 32 && code < 127) quoted += char
    else quoted += `\\x${code.toString(16).padStart(2, '0')}`
  }
  return quoted + '"'
}

/**
 * Turns command-line arguments (without the program's own name) into configuration lines, as
 * redis-server does: `--name value …` becomes a line, and a value may itself begin with two
 * dashes when the option before it still lacks one (`--requirepass --secret`).
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const file = args.length > 0 && args[0][0] !== '-' ? args[0] : undefined
  let stdin = false
  let text = ''
  let complete = true
  for (let i = file === undefined ? 0 : 1; i < args.length; i++) {
    const arg = args[i]
    if (arg === '-' && (i === 0 || i === args.length - 1)) stdin = true
    else if (complete && arg.startsWith('--')) {
      if (text !== '') text += '\n'
      text += `${arg.slice(2)} `
      complete = splitWords(arg)?.length !== 1
      if (complete || !standsAlone(arg, args[i + 1])) continue
      if (isOption(arg, 'save')) text += '""'
      complete = args[i + 1] !== undefined
    } else {
      text += `${quoteWord(arg)} `
      complete = true
    }
  }
  return { file, stdin, text }
}

/**
 * Whether this option has no value and another option, or nothing, follows. Only two are known to:
 * programs build `--save` followed by an empty list, and `--sentinel` never takes a value.
 */
function standsAlone(arg: string, next: string | undefined): boolean {
  if (next !== undefined && !next.startsWith('--')) return false
  return isOption(arg, 'save') || isOption(arg, 'sentinel')
}

function isOption(arg: string, name: string): boolean {
  return arg.slice(2).toLowerCase() === name
}
