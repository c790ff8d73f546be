// hints.ts: what can still follow on a command line, worked out from the arguments of a command.
//
// What the words typed so far leave unmatched (hint-slots.ts) is the hint. Of optional arguments
// that stand together the one that was begun is named first.

import { type CommandArgument, matchAll, optionalsFrom, type Slot, slotOf } from './hint-slots.ts'
import { splitWords } from './words.ts'

/** What the shell knows of a command or subcommand. */
export interface CommandHint {
  /** In upper case, a subcommand behind its command: `CLIENT LIST`. */
  name: string
  summary: string
  since: string
  group: string
  arguments: CommandArgument[]
}

/** The syntax of a command's arguments in one line. */
export function syntaxOf(command: CommandHint): string {
  return describeAll(command.arguments.map(slotOf), ' ')
}

/** What to show behind the cursor, a space ahead included; empty when there is nothing to say. */
export function hintFor(line: string, commands: readonly CommandHint[]): string {
  const words = splitWords(Buffer.from(line))?.map((word) => word.toString())
  if (words === undefined) return ''
  const spaced = /\s$/.test(line)
  if (!spaced) words.pop()
  const command = findCommand(words, commands)
  if (command === undefined) return ''
  const typed = words.slice(command.name.split(' ').length)
  const slots = command.arguments.map(slotOf)
  if (matchAll(typed, slots) !== typed.length) return ''
  const hint = describeAll(slots, ' ')
  return hint === '' || spaced ? hint : ` ${hint}`
}

/** The command that most of the first words name. */
export function findCommand(
  words: readonly string[],
  commands: readonly CommandHint[],
): CommandHint | undefined {
  const two = words.slice(0, 2).join(' ').toUpperCase()
  const one = words.slice(0, 1).join(' ').toUpperCase()
  return commands.find((each) => each.name === two) ?? commands.find((each) => each.name === one)
}

function describeAll(slots: readonly Slot[], separator: string): string {
  const texts: string[] = []
  for (let at = 0; at < slots.length; at++) {
    const group = optionalsFrom(slots, at)
    if (group.length === 0) texts.push(describe(slots[at]!))
    else {
      const begun = group.filter((slot) => slot.words > 0 && !slot.whole)
      const others = group.filter((slot) => !begun.includes(slot))
      at += group.length - 1
      texts.push(...begun.map(describe))
      // Options are over once the argument behind them has been typed.
      if ((slots[at + 1]?.words ?? 0) === 0) texts.push(...others.map(describe))
    }
  }
  return texts.filter((text) => text !== '').join(separator)
}

function describe(slot: Slot): string {
  if (slot.whole) return ''
  const { argument } = slot
  const bracketed = argument.optional === true && slot.words === 0
  const texts: string[] = []
  if (argument.token !== undefined && !slot.token) texts.push(shown(argument.token))
  texts.push(describeValue(slot))
  if (argument.multiple) texts.push(describeRepetition(argument))
  const text = texts.filter((each) => each !== '').join(' ')
  return bracketed ? `[${text}]` : text
}

function describeValue(slot: Slot): string {
  const { argument, parts } = slot
  switch (argument.type) {
    case 'oneof': {
      if (slot.words === 0) return describeAll(parts, '|')
      return parts
        .filter((part) => part.words > 0)
        .map(describe)
        .join('')
    }
    case 'block':
      return describeAll(parts, ' ')
    case 'pure-token':
      return ''
    default:
      return slot.value ? '' : shown(argument.displayText ?? argument.name)
  }
}

function describeRepetition(argument: CommandArgument): string {
  const unit = describeValue(slotOf(argument))
  const token = argument.multipleToken && argument.token !== undefined ? argument.token : ''
  return `[${[token, unit, '...'].filter((text) => text !== '').join(' ')}]`
}

function shown(text: string): string {
  return text === '' ? '""' : text
}
