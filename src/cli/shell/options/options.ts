// options.ts: a command line read by redis-cli's rules. The flags are in option-table.ts.

import { complain, refuse } from '../format/output.ts'
import { options } from './option-table.ts'
import { defaultSettings, type Settings } from './settings.ts'

export interface CommandLine {
  settings: Settings
  /** The command and its arguments; empty for an interactive session or a script. */
  words: string[]
  /** The command line asks for help or the version instead of a session. */
  ask: 'help' | 'version' | undefined
}

/**
 * Reads a command line up to the first word that is no flag.
 *
 * @throws ShellExit after a complaint about a flag or a combination of flags.
 */
export function parseOptions(argv: readonly string[]): CommandLine {
  const settings = defaultSettings()
  const seen = new Set<string>()
  let at = 0
  for (; at < argv.length; at++) {
    const flag = argv[at]!
    const last = at === argv.length - 1
    if (flag === '--help' || (flag === '-h' && last)) return { settings, words: [], ask: 'help' }
    if (flag === '-v' || flag === '--version') return { settings, words: [], ask: 'version' }
    const option = options.find((each) => each.flags.includes(flag))
    if (option === undefined || (option.value !== undefined && last)) {
      if (!flag.startsWith('-')) break
      refuse(`Unrecognized option or bad number of args for: '${flag}'`)
    }
    seen.add(flag)
    option.set(settings, option.value === undefined ? '' : argv[++at]!)
  }
  checkTogether(settings, seen)
  return { settings, words: argv.slice(at), ask: undefined }
}

function checkTogether(settings: Settings, seen: Set<string>): void {
  // A later flag has overwritten an earlier one in the settings, so what was seen is asked.
  if (seen.has('-2') && seen.has('-3')) {
    refuse('Options -2 and -3 are mutually exclusive.')
  }
  if (settings.warnAboutPassword && settings.password !== undefined) {
    complain(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not" +
        ' be safe.',
    )
  }
  if (settings.lastFromStdin && settings.tagFromStdin !== undefined) {
    refuse('Options -x and -X are mutually exclusive.')
  }
  if (seen.has('-4') && seen.has('-6')) {
    refuse('Options -4 and -6 are mutually exclusive.')
  }
}
