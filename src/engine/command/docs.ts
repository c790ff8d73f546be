// docs.ts: writes the entry of a command in COMMAND DOCS, in the shape of the reference:
// a map of the fields that the command has, arguments as a tree of maps, subcommands as a map.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Command } from './command.ts'
import { writeStatuses } from './info.ts'
import type { Argument } from './syntax.ts'

/** A field: a text or something that writes itself; undefined where the command has none. */
type Field = readonly [name: string, value: string | (() => void) | undefined]

/** The name of a command and its documents: one pair of the map that COMMAND DOCS answers. */
export function writeCommandDocs(command: Command, reply: Reply): void {
  reply.text(command.fullName)
  writeFields(reply, [
    ['summary', command.summary],
    ['since', command.since],
    ['group', command.group],
    ['complexity', command.complexity],
    ['module', command.module],
    ['doc_flags', some(command.documentFlags, (flags) => writeStatuses(flags, reply))],
    ['deprecated_since', command.deprecatedSince],
    ['replaced_by', command.replacedBy],
    ['history', some(command.history, (history) => writeHistory(history, reply))],
    ['arguments', some(command.arguments, (list) => writeArguments(list, reply))],
    ['subcommands', some(command.subcommands, (list) => writeSubcommands(list, reply))],
  ])
}

function writeHistory(history: Command['history'], reply: Reply): void {
  reply.set(history.length)
  for (const [version, change] of history) {
    reply.array(2)
    reply.text(version)
    reply.text(change)
  }
}

function writeSubcommands(list: readonly Command[], reply: Reply): void {
  reply.map(list.length)
  for (const sub of list) writeCommandDocs(sub, reply)
}

function writeArguments(list: readonly Argument[], reply: Reply): void {
  reply.array(list.length)
  for (const argument of list) writeArgument(argument, reply)
}

function writeArgument(argument: Argument, reply: Reply): void {
  const { keySpec } = argument
  writeFields(reply, [
    ['name', argument.name],
    ['type', argument.type],
    ['display_text', argument.display],
    ['key_spec_index', keySpec < 0 ? undefined : () => reply.integer(keySpec)],
    ['token', argument.token],
    ['since', argument.since],
    ['deprecated_since', argument.deprecatedSince],
    ['flags', some(argumentFlags(argument), (flags) => writeStatuses(flags, reply))],
    ['arguments', some(argument.arguments, (inner) => writeArguments(inner, reply))],
  ])
}

/** The names of the flags of an argument, in the order of COMMAND DOCS. */
export function argumentFlags(argument: Argument): string[] {
  const flags: string[] = []
  if (argument.optional) flags.push('optional')
  if (argument.multiple) flags.push('multiple')
  if (argument.multipleToken) flags.push('multiple_token')
  return flags
}

function writeFields(reply: Reply, fields: readonly Field[]): void {
  const present = fields.filter(([, value]) => value !== undefined)
  reply.map(present.length)
  for (const [name, value] of present) {
    reply.text(name)
    if (typeof value === 'string') reply.text(value)
    else value?.()
  }
}

/** The writer of a list that is left out when it is empty. */
function some<T>(list: readonly T[], write: (list: readonly T[]) => void): Field[1] {
  return list.length === 0 ? undefined : () => write(list)
}
