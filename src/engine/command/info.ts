// info.ts: writes what COMMAND, COMMAND INFO and COMMAND GETKEYSANDFLAGS say of a command,
// in the shapes of the reference: flags and categories are sets of statuses, tips and key specs
// sets of bulks and maps. In RESP2 the writer turns sets and maps into arrays.

import type { Reply } from '../../bytes/wire/reply.ts'
import { categoryNames } from './categories.ts'
import type { Command } from './command.ts'
import { flagNames } from './flags.ts'
import { type BeginSearch, type FindKeys, type KeySpec, keyFlagNames } from './key-specs.ts'

/** The ten fields of COMMAND INFO, subcommands included. */
export function writeCommandInfo(command: Command, reply: Reply): void {
  reply.array(10)
  reply.text(command.fullName)
  reply.integer(command.arity)
  writeStatuses(flagNames(command.flags), reply)
  reply.integer(command.firstKey)
  reply.integer(command.lastKey)
  reply.integer(command.keyStep)
  writeStatuses(
    categoryNames(command).map((name) => '@' + name),
    reply,
  )
  reply.set(command.tips.length)
  for (const tip of command.tips) reply.text(tip)
  reply.set(command.keySpecs.length)
  for (const spec of command.keySpecs) writeKeySpec(spec, reply)
  // The reference writes no subcommands as an empty set, some as an array.
  if (command.subcommands.length === 0) reply.set(0)
  else reply.array(command.subcommands.length)
  for (const sub of command.subcommands) writeCommandInfo(sub, reply)
}

/** Access flags as COMMAND GETKEYSANDFLAGS writes them. */
export function writeKeyFlags(flags: number, reply: Reply): void {
  writeStatuses(keyFlagNames(flags), reply)
}

/** Names as a set of statuses. */
export function writeStatuses(names: readonly string[], reply: Reply): void {
  reply.set(names.length)
  for (const name of names) reply.simple(name)
}

function writeKeySpec(spec: KeySpec, reply: Reply): void {
  reply.map(spec.note === undefined ? 3 : 4)
  if (spec.note !== undefined) writePair('notes', spec.note, reply)
  reply.text('flags')
  writeKeyFlags(spec.flags, reply)
  reply.text('begin_search')
  writeStep(spec.begin.type, beginFields(spec.begin), reply)
  reply.text('find_keys')
  writeStep(spec.find.type, findFields(spec.find), reply)
}

type Fields = readonly (readonly [name: string, value: string | number])[]

function beginFields(begin: BeginSearch): Fields {
  if (begin.type === 'index') return [['index', begin.index]]
  if (begin.type === 'unknown') return []
  return [
    ['keyword', begin.keyword],
    ['startfrom', begin.startFrom],
  ]
}

function findFields(find: FindKeys): Fields {
  if (find.type === 'unknown') return []
  if (find.type === 'range') {
    return [
      ['lastkey', find.lastKey],
      ['keystep', find.keyStep],
      ['limit', find.limit],
    ]
  }
  return [
    ['keynumidx', find.keyNumIndex],
    ['firstkey', find.firstKey],
    ['keystep', find.keyStep],
  ]
}

function writeStep(type: string, fields: Fields, reply: Reply): void {
  reply.map(2)
  writePair('type', type, reply)
  reply.text('spec')
  reply.map(fields.length)
  for (const [name, value] of fields) writePair(name, value, reply)
}

function writePair(name: string, value: string | number, reply: Reply): void {
  reply.text(name)
  if (typeof value === 'number') reply.integer(value)
  else reply.text(value)
}
