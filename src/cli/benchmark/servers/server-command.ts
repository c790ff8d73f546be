// server-command.ts: the command that starts a server, as given with --against and --server.
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ServerCommand {
  /** How results call the server. */
  name: string
  /** Program and arguments; `{port}` stands in one of them, or is appended. */
  argv: string[]
}

/** A command line that cannot be read. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/**
 * Reads `[name=]CMD`. Words are split as a shell does, with both kinds of quotes and backslashes,
 * but nothing is expanded: the process started is the server itself, not a shell.
 *
 * @throws CommandError when there is no program or a quote is open.
 */
export function parseServerCommand(text: string): ServerCommand {
  const named = /^([\w.-]+)=(.*)$/s.exec(text)
  const argv = splitWords(named?.[2] ?? text)
  const program = argv[0]
  if (program === undefined) throw new CommandError(`"${text}" names no server to start.`)
  return { name: named?.[1] ?? basename(program), argv }
}

/** This package's own server. */
export function ownServerCommand(): ServerCommand {
  return { name: 'rubellite', argv: [join(packageRoot(), 'bin', 'rubellite'), 'server'] }
}

/** Program and arguments with the port in its place. */
export function commandWithPort({ argv }: ServerCommand, port: number): string[] {
  // Servers run in a folder of their own: a relative path still means the file the user meant.
  const words = argv.map((word, at) => (isPath(word, at === 0) ? resolve(word) : word))
  if (words.some((word) => word.includes('{port}'))) {
    return words.map((word) => word.replaceAll('{port}', String(port)))
  }
  const isRedis = /^(redis|valkey)-server/.test(basename(words[0] ?? ''))
  const memoryOnly = isRedis ? ['--save', '', '--appendonly', 'no'] : []
  return [...words, '--port', String(port), ...memoryOnly]
}

function isPath(word: string, isProgram: boolean): boolean {
  if (isProgram) return word.includes('/')
  return (word.includes('/') || word.endsWith('.conf')) && existsSync(word)
}

/** The command for records: paths are left out, since they only say whose machine it was. */
export function shownCommand({ argv }: ServerCommand): string {
  return argv.map(shownWord).join(' ')
}

/** A word for records: quoted where a shell would need it, absolute paths by their last part. */
export function shownWord(word: string): string {
  const short = word.replaceAll(/(^|[=\s'"])\/(?:[^\s/'"=]+\/)*([^\s/'"=]+)/g, '$1$2')
  return /^[\w@%+=:,./{}-]+$/.test(short) ? short : `'${short.replaceAll("'", `'\\''`)}'`
}

/** The folder of this package: the nearest above this file with a package.json. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) {
    folder = dirname(folder)
  }
  return folder
}

/** Splits a command line into words. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  const pattern = /\s*((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)/gsy
  let end = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    words.push(match[1]!.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs, unquote))
    end = pattern.lastIndex
  }
  if (text.slice(end).trim() !== '') throw new CommandError(`A quote is open in: ${text}`)
  return words
}

function unquote(_: string, single?: string, double?: string, escaped?: string): string {
  return single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? ''
}
