// sentences.ts: calls made up from the grammar of a command: valid ones, and valid ones damaged.

import type { Command } from '#src/engine/command/command.js'
import type { Argument } from '#src/engine/command/syntax.js'
import type { Seed } from '../support/seed.ts'

/** A call that the grammar allows, its name first. */
export function sentence(command: Command, seed: Seed): string[] {
  const words = command.fullName.split('|')
  say(command.arguments, words, seed)
  return words
}

/**
 * The call with one word dropped, doubled, exchanged or replaced, or as it was.
 * @param name how many words belong to the command's name and stay
 */
export function damaged(words: readonly string[], name: number, seed: Seed): string[] {
  const result = [...words]
  const at = seed.between(name, Math.max(name, words.length - 1))
  const way = seed.below(5)
  if (way === 0) result.splice(at, 1)
  else if (way === 1) result.splice(at, 0, seed.pick(words))
  else if (way === 2) result[at] = seed.pick(words)
  else if (way === 3)
    result[at] = seed.pick([
      '',
      '0',
      '-1',
      '02',
      '3',
      '1x',
      '99999999999999999999',
      'STORE',
      'KEYS',
    ])
  return result
}

function say(list: readonly Argument[], words: string[], seed: Seed): void {
  for (const [i, argument] of list.entries()) {
    if (argument.optional && seed.chance(0.5)) continue
    if (argument.name === 'numkeys') {
      const times = seed.between(list[i + 1]?.optional ? 0 : 1, 3)
      words.push(String(times))
      for (let n = 0; n < times; n++) words.push(`key${seed.below(100)}`)
    } else if (list[i - 1]?.name !== 'numkeys') {
      sayRepeatedly(argument, words, seed)
    }
  }
}

function sayRepeatedly(argument: Argument, words: string[], seed: Seed): void {
  const times = argument.multiple ? seed.between(1, 3) : 1
  for (let n = 0; n < times; n++) {
    const announced = argument.token !== undefined && (n === 0 || argument.multipleToken)
    if (announced) words.push(argument.token ?? '')
    sayOnce(argument, words, seed)
  }
}

function sayOnce(argument: Argument, words: string[], seed: Seed): void {
  if (argument.type === 'block') say(argument.arguments, words, seed)
  else if (argument.type === 'oneof') say([seed.pick(argument.arguments)], words, seed)
  else if (argument.type === 'integer') words.push(String(seed.below(100)))
  else if (argument.type !== 'pure-token') words.push(`${argument.name}${seed.below(100)}`)
}
