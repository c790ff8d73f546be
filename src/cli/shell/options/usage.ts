// usage.ts: the help text of the command line, made from the table of flags.

import { options } from './option-table.ts'

const COLUMN = 26
const WIDTH = 96

/** The help text, line ends included. */
export function usage(version: string): string {
  const rows = options.map((option) => {
    const value = option.value === undefined ? '' : ` <${option.value}>`
    return row(option.flags.join(', ') + value, option.about)
  })
  rows.push(row('--help', 'Show this help and exit.'))
  rows.push(row('-v, --version', 'Show the version and exit.'))
  return [`${version}\n\nUsage: rubellite cli [options] [command [argument ...]]\n`]
    .concat(rows)
    .concat(ending)
    .join('')
}

const ending = `
Without a command the shell is interactive, or runs the lines of standard input when that is no
terminal. In it, "help" tells about commands.

Examples:
  rubellite cli -u redis://default:secret@localhost:6379/0
  rubellite cli -x SET picture < picture.png
  rubellite cli -D "" --raw DUMP key | rubellite cli -X dump RESTORE copy 0 dump
  rubellite cli -r -1 -i 1 DBSIZE
  rubellite cli --quoted-input SET '"with\\x00zero"' value
  rubellite cli --pipe < commands.resp
`

function row(flags: string, about: string): string {
  const head = `  ${flags.padEnd(COLUMN - 3)} `
  const indent = ' '.repeat(COLUMN)
  const lines: string[] = []
  let line = head.length > COLUMN ? '' : head.slice(0, COLUMN)
  if (line === '') {
    lines.push(head.trimEnd())
    line = indent
  }
  for (const word of about.split(' ')) {
    if (line.length + word.length >= WIDTH) {
      lines.push(line.trimEnd())
      line = indent
    }
    line += `${word} `
  }
  return `${lines.concat(line.trimEnd()).join('\n')}\n`
}
