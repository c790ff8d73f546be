// index.ts: `rubellite cli`, a shell for Redis servers with the flags, formats and exit codes of
// redis-cli.

import { readFileSync } from 'node:fs'
import { REDIS_VERSION, VERSION } from '../../engine/contract/version.ts'
import { errorText } from '../../node/process/error-text.ts'
import { ShellExit } from './exit.ts'
import { complain, endWithReader, flushed, refuse, say } from './format/output.ts'
import { issue } from './issue.ts'
import { Help } from './line/help.ts'
import type { CommandHint } from './line/hints.ts'
import { History } from './line/history.ts'
import type { Lines } from './line/lines.ts'
import { ScriptLines } from './line/script-lines.ts'
import { askPassword, leaveStdin, readStdin } from './line/stdin.ts'
import { TerminalLines } from './line/terminal-lines.ts'
import { unquote } from './line/words.ts'
import { runMode } from './modes/index.ts'
import { pipe } from './modes/pipe.ts'
import { watchForEver } from './modes/watch.ts'
import { parseOptions } from './options/options.ts'
import { Preferences } from './options/preferences.ts'
import type { Settings } from './options/settings.ts'
import { usage } from './options/usage.ts'
import { Repl } from './repl.ts'
import { Session } from './session.ts'

export type { CommandArgument } from './line/hint-slots.ts'
export type { CommandHint } from './line/hints.ts'

export interface ShellOptions {
  /** Commands to help with when a server cannot describe its own. */
  hints?: readonly CommandHint[]
}

// Scripts read the version of redis-cli here, so it stands first.
const version = `redis-cli ${REDIS_VERSION} (rubellite ${VERSION})`

/**
 * Runs the shell on the standard streams, to its end.
 *
 * @param argv the arguments behind `cli`.
 * @returns the exit code: 0, or 1 after an error that redis-cli reports in this way.
 */
export async function shell(argv: string[], options: ShellOptions = {}): Promise<number> {
  endWithReader()
  try {
    return await start(argv, options)
  } catch (error) {
    if (error instanceof ShellExit) return error.code
    throw error
  } finally {
    await flushed()
  }
}

async function start(argv: string[], options: ShellOptions): Promise<number> {
  const { settings, words, ask } = parseOptions(argv)
  if (ask !== undefined) {
    say(ask === 'version' ? version : usage(version).trimEnd())
    return 0
  }
  settings.password ??= process.env['REDISCLI_AUTH']
  if (settings.askPassword) settings.password = await askPassword('Please input password: ')
  const session = new Session(settings)
  const help = new Help(version, options.hints)
  try {
    if (settings.pipe) return await insert(session)
    const ended = await runMode(session)
    if (ended !== undefined) return ended
    if (settings.evalFile !== undefined) return await evaluate(session, settings.evalFile, words)
    if (words.length > 0) return await command(session, help, words)
    return await interact(session, help)
  } finally {
    session.drop()
  }
}

async function insert(session: Session): Promise<number> {
  if (!(await session.connect())) return 1
  try {
    return await pipe(session.link!, process.stdin, session.settings.pipeTimeoutS)
  } finally {
    leaveStdin()
  }
}

async function interact(session: Session, help: Help): Promise<number> {
  const preferences = new Preferences()
  process.on('SIGINT', () => {
    if (!session.interrupt()) process.exit(1)
  })
  await session.connect()
  try {
    const lines = await openLines(session, help, preferences)
    await new Repl(session, lines, help, preferences).run()
    return 0
  } finally {
    leaveStdin()
  }
}

async function openLines(session: Session, help: Help, preferences: Preferences): Promise<Lines> {
  if (!process.stdin.isTTY) return new ScriptLines(process.stdin)
  await help.load(session)
  preferences.load()
  const onInterrupt = () => session.interrupt()
  const history = new History()
  return new TerminalLines(process.stdin, { help, history, preferences, onInterrupt })
}

/** Sends the command that the command line holds. */
async function command(session: Session, help: Help, words: string[]): Promise<number> {
  const argv = await readArguments(session.settings, words)
  if (argv === undefined) return 1
  // The first failure to connect is kept quiet: sending the command tries once more and tells.
  await session.connect(true)
  const name = words[0]!.toLowerCase()
  if (name === 'help' || name === '?') {
    if (words.length > 1) await help.load(session)
    help.show(words.slice(1))
    return 0
  }
  return await finish(session, argv)
}

async function finish(session: Session, argv: Buffer[]): Promise<number> {
  const answered = await issue(session, argv, session.settings.repeat)
  if (session.subscribed) await watchForEver(session)
  return answered ? 0 : 1
}

async function readArguments(settings: Settings, words: string[]) {
  const argv: Buffer[] = []
  for (const word of words) {
    const argument = settings.quotedInput ? unquote(word) : Buffer.from(word)
    if (argument === undefined) {
      say('Invalid quoted string')
      return undefined
    }
    argv.push(argument)
  }
  if (settings.lastFromStdin) return [...argv, await readStdin()]
  if (settings.tagFromStdin === undefined) return argv
  const tag = Buffer.from(settings.tagFromStdin)
  const at = argv.findIndex((argument) => argument.equals(tag))
  if (at >= 0) return argv.with(at, await readStdin())
  complain('Using -X option but stdin tag not match.')
  return undefined
}

/** Sends a script with its keys and arguments; a comma among the words parts the two. */
async function evaluate(session: Session, file: string, words: string[]): Promise<number> {
  if (!(await session.connect())) return 1
  const comma = words.indexOf(',')
  const keys = comma < 0 ? words : words.slice(0, comma)
  const rest = comma < 0 ? [] : words.slice(comma + 1)
  const argv = [Buffer.from('EVAL'), readScript(file), Buffer.from(String(keys.length))]
  return await finish(session, argv.concat([...keys, ...rest].map((word) => Buffer.from(word))))
}

function readScript(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    return refuse(`Can't open file '${file}': ${errorText(error as NodeJS.ErrnoException)}`)
  }
}
