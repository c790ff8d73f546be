// facts.ts: what is compared of a command: everything the reference tells clients about it but
// the sentences, which are our own.

import { categoryNames } from '#src/engine/command/categories.js'
import type { Command } from '#src/engine/command/command.js'
import { argumentFlags } from '#src/engine/command/docs.js'
import { flagNames } from '#src/engine/command/flags.js'
import {
  type BeginSearch,
  type FindKeys,
  type KeySpec,
  keyFlagNames,
} from '#src/engine/command/key-specs.js'
import type { Argument } from '#src/engine/command/syntax.js'

/** JSON without undefined fields, so that absent and undefined are the same. */
export type Fact = null | boolean | number | string | readonly Fact[] | { [name: string]: Fact }

/** The facts of one of our commands. */
export function factsOf(command: Command): Fact {
  return plain({
    arity: command.arity,
    flags: flagNames(command.flags),
    keys: [command.firstKey, command.lastKey, command.keyStep],
    categories: categoryNames(command),
    tips: command.tips,
    keySpecs: command.keySpecs.map(keySpecFacts),
    group: command.group,
    since: command.since,
    module: command.module,
    complexity: command.complexity === undefined ? undefined : true,
    docFlags: some(command.documentFlags),
    deprecatedSince: command.deprecatedSince,
    replacedBy: command.replacedBy,
    history: some(command.history.map(([version]) => version)),
    arguments: some(command.arguments.map(argumentFacts)),
  })
}

/** Drops fields that are undefined, and everything JSON does not know. */
export function plain(value: unknown): Fact {
  return JSON.parse(JSON.stringify(value))
}

function keySpecFacts(spec: KeySpec): unknown {
  return {
    flags: keyFlagNames(spec.flags),
    note: spec.note === undefined ? undefined : true,
    begin: beginFacts(spec.begin),
    find: findFacts(spec.find),
  }
}

function beginFacts(begin: BeginSearch): unknown {
  if (begin.type !== 'keyword') return begin
  return { type: begin.type, keyword: begin.keyword, startfrom: begin.startFrom }
}

function findFacts(find: FindKeys): unknown {
  const { type } = find
  if (type === 'unknown') return find
  if (type === 'range') {
    return { type, lastkey: find.lastKey, keystep: find.keyStep, limit: find.limit }
  }
  return { type, keynumidx: find.keyNumIndex, firstkey: find.firstKey, keystep: find.keyStep }
}

function argumentFacts(argument: Argument): unknown {
  return {
    name: argument.name,
    type: argument.type,
    display_text: argument.display,
    key_spec_index: argument.keySpec < 0 ? undefined : argument.keySpec,
    token: argument.token,
    since: argument.since,
    deprecated_since: argument.deprecatedSince,
    flags: some(argumentFlags(argument)),
    arguments: some(argument.arguments.map(argumentFacts)),
  }
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}
