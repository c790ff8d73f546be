// document.ts: the text of COMPATIBILITY.md, derived from the tables: the commands there are, those
// of the reference that are not there yet (test/catalog), the directives, and the notes.

import { core } from '#src/core.js'
import type { Command } from '#src/engine/command/command.js'
import { type DirectiveNote, directiveNotes, directivesOf } from '#src/features/config/notes.js'
import { everyCommand, implemented } from '../catalog/index.ts'
import { commandNotes, generalNotes } from './notes.ts'

const directives = directivesOf(core)

/** Groups in the order of the page, by the names of COMMAND DOCS. */
const groupTitles = {
  string: 'Strings',
  bitmap: 'Bitmaps',
  generic: 'Keys',
  transactions: 'Transactions',
  connection: 'Connection',
  server: 'Server',
  hash: 'Hashes',
  list: 'Lists',
  set: 'Sets',
  'sorted-set': 'Sorted sets',
  stream: 'Streams',
  hyperloglog: 'HyperLogLog',
  geo: 'Geospatial',
  pubsub: 'Pub/Sub',
  scripting: 'Scripts and functions',
  cluster: 'Cluster',
  sentinel: 'Sentinel',
  module: 'Vector sets',
} as const satisfies Record<Command['group'], string>

const names = new Set(implemented.map((command) => command.fullName))
const isThere = (command: Command) => names.has(command.fullName)

/** The whole page. */
export function compatibilityPage(): string {
  const commands = everyCommand()
  const notes = directiveNotes(directives)
  return [
    introduction(commands, notes),
    ...Object.entries(generalNotes).map(generalChapter),
    commandChapter(commands),
    directiveChapter(notes),
  ].join('\n')
}

/** Names of commands that have a note but do not exist: there should be none. */
export function idleNotes(): string[] {
  return Object.keys(commandNotes).filter((name) => !names.has(name))
}

function introduction(commands: readonly Command[], notes: readonly DirectiveNote[]): string {
  const top = commands.filter((command) => !command.fullName.includes('|'))
  const inner = commands.filter((command) => command.fullName.includes('|'))
  const states = ['acts', 'no effect', 'refused'] as const
  const rows = [
    ['commands', countOf(top)],
    ['subcommands', countOf(inner)],
    ...states.map((state) => [
      `directives: ${state}`,
      `${notes.filter((note) => note.state === state).length} of ${notes.length}`,
    ]),
  ]
  return `# Compatibility

What Rubellite does of redis-server 8.2.3, what it does not yet, and what differs. This page is
written by \`node scripts/compatibility.mjs\` from the tables that the server runs by; a test keeps
it true.

| | there |
|---|---|
${rows.map(row).join('')}`
}

function countOf(commands: readonly Command[]): string {
  return `${commands.filter(isThere).length} of ${commands.length}`
}

function generalChapter([title, sentences]: [string, readonly string[]]): string {
  return `## ${title}\n\n${sentences.map(listItem).join('')}`
}

/** A sentence as an item of a list, in lines of at most a hundred characters. */
function listItem(sentence: string): string {
  const lines: string[] = []
  let line = '-'
  for (const word of sentence.split(' ')) {
    if (line.length + 1 + word.length > 100) {
      lines.push(line)
      line = ' '
    }
    line += ` ${word}`
  }
  return `${[...lines, line].join('\n')}\n`
}

function commandChapter(commands: readonly Command[]): string {
  const groups = Object.entries(groupTitles).map(([group, title]) => {
    const members = commands.filter((command) => command.group === group)
    return members.length === 0 ? '' : groupSection(title, members)
  })
  return `## Commands\n\n${groups.filter((group) => group !== '').join('\n')}`
}

function groupSection(title: string, members: readonly Command[]): string {
  const rows = [...members].sort((a, b) => (a.fullName < b.fullName ? -1 : 1)).map(commandRow)
  return `### ${title}: ${countOf(members)}

| command | | what differs |
|---|---|---|
${rows.join('')}`
}

function commandRow(command: Command): string {
  const name = command.fullName.replace('|', ' ').toUpperCase()
  const state = isThere(command) ? 'yes' : 'not yet'
  return row([name, state, commandNotes[command.fullName] ?? ''])
}

function directiveChapter(notes: readonly DirectiveNote[]): string {
  const rows = notes.map(({ name, alias, state, note }) => {
    return row([alias === undefined ? name : `${name} (${alias})`, state, note])
  })
  return `## Directives

CONFIG GET, SET and REWRITE know all of them, with the reference's defaults, limits and messages.
*No effect* is accepted and kept; *refused* is refused when it asks for what is not there.

| directive | | note |
|---|---|---|
${rows.join('')}`
}

function row(cells: readonly string[]): string {
  const texts = cells.map((cell) => (cell === '' ? ' ' : ` ${cell.replaceAll('|', '\\|')} `))
  return `|${texts.join('|')}|\n`
}
