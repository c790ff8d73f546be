// command.ts: a command, declared once.
//
// `defineCommand` takes what only a person can know (the name, a grammar line, what happens to
// the keys, a sentence for the documents, the handler) and derives the rest: arity, key specs,
// ACL categories, the argument tree. The dispatcher, COMMAND, ACL, the cluster, HELP, completion
// and the reference pages all read the object that comes out; there is no second table.
// A subcommand is a command too: its name is written with its container's, 'CLIENT LIST'.

import type { Words } from '../../bytes/wire/request.ts'
import type { Handler } from '../dispatch/context.ts'
import {
  type CategoryName,
  categoryBits,
  type Group,
  groupCategories,
  isBuiltIn,
  withImpliedCategories,
} from './categories.ts'
import { type CommandFlag, flagBits, MODULE, MOVABLEKEYS } from './flags.ts'
import { deriveKeySpecs, type KeyDeclaration, type KeySpec } from './key-specs.ts'
import type { KeyList } from './keys.ts'
import { legacyRange } from './legacy-range.ts'
import { type Argument, arityOf, parseSyntax } from './syntax.ts'

/**
 * Finds keys that the key specs cannot tell, as for SORT.
 * @param start the word of the request at which the command's name stands
 * @returns false when the call has no keys or is malformed
 */
export type KeyFinder = (words: Words, start: number, keys: KeyList) => boolean

// A module that documents no arguments checks them itself; by convention the first is its key.
const OPAQUE = '[key] argument*'

/** What a command says about itself. */
export type Declaration = {
  /** 'HSET', or with its container 'CLIENT LIST'. */
  readonly name: string
  readonly group: Group
  /** The version of Redis that brought it. */
  readonly since?: string
  /** One sentence. */
  readonly summary?: string
  readonly complexity?: string
  /** The grammar of the arguments, see syntax.ts; absent: no arguments. */
  readonly syntax?: string
  /** What happens to the keys, one entry for each key spec. */
  readonly keys?: string | readonly KeyDeclaration[]
  /** Where the specs cannot tell. */
  readonly keysOf?: KeyFinder
  readonly flags?: readonly CommandFlag[]
  /** For a protected command: the directive that says who may run it. */
  readonly allowedBy?: string
  /** Hints for clients and proxies, such as 'request_policy:all_shards'. */
  readonly tips?: readonly string[]
  /**
   * The ACL categories, those of the flags left out; absent: that of the group. One that is not
   * built in must be declared by the module that brings the command (dispatch/install.ts).
   */
  readonly categories?: readonly CategoryName[]
  /** Version and change, oldest first. */
  readonly history?: readonly (readonly [version: string, change: string])[]
  /** The version since which something else is to be used. */
  readonly deprecated?: string
  readonly replacedBy?: string
  /** For the server's own use, not for applications. */
  readonly system?: true
  /** The module it comes from; absent: the core. */
  readonly module?: string
  /** What it answers, for tests and documents. */
  readonly reply?: string
  /** Calls with their answers: 'HSET user:1 name Ada -> 1'. */
  readonly examples?: readonly string[]
  /** Overrides the derived arity where the reference publishes another. */
  readonly arity?: number
  readonly subcommands?: readonly Command[]
  readonly run?: Handler
}

/** A declared command with all that is derived from its declaration. */
export class Command {
  /** In lower case, without its container: 'hset', 'list'. */
  readonly name: string
  /** As the reference prints it: 'hset', 'client|list'. */
  readonly fullName: string
  /** Words of a call, or minus the least number; the name counts, and the container's. */
  readonly arity: number
  /** Bits of flags.ts. */
  readonly flags: number
  /** Bits of categories.ts. */
  readonly categories: number
  /** Those that its module declares, which are listed behind the others. */
  readonly ownCategories: readonly string[]
  readonly firstKey: number
  readonly lastKey: number
  readonly keyStep: number
  readonly keySpecs: readonly KeySpec[]
  readonly keysOf: KeyFinder | undefined
  readonly allowedBy: string | undefined
  readonly run: Handler | undefined
  readonly subcommands: readonly Command[]
  readonly arguments: readonly Argument[]
  readonly group: Group
  readonly since: string | undefined
  readonly summary: string | undefined
  readonly complexity: string | undefined
  readonly tips: readonly string[]
  readonly history: readonly (readonly [version: string, change: string])[]
  readonly documentFlags: readonly ('deprecated' | 'syscmd')[]
  readonly deprecatedSince: string | undefined
  readonly replacedBy: string | undefined
  readonly module: string | undefined
  readonly syntax: string
  readonly reply: string | undefined
  readonly examples: readonly string[]

  constructor(declared: Declaration) {
    const parts = declared.name.split(' ')
    const specs = keysOf(declared)
    const isContainer = declared.subcommands !== undefined
    const syntax = declared.syntax ?? (declared.module ? OPAQUE : '')
    const list = parseSyntax(syntax, specs.length)
    // The reference writes a module's command as the module spelt it.
    this.name = parts[parts.length - 1]!.toLowerCase()
    const fullName = parts.join('|')
    this.fullName = declared.module ? fullName : fullName.toLowerCase()
    this.arity = declared.arity ?? (isContainer ? -2 : arityOf(list, parts.length))
    this.keySpecs = deriveKeySpecs(specs, list, parts.length)
    const range = legacyRange(this.keySpecs)
    this.flags = flagBits(declared.flags ?? [])
    if (range.movable) this.flags |= MOVABLEKEYS
    if (declared.module) this.flags |= MODULE
    this.categories = categoriesOf(declared, this.flags)
    this.ownCategories = declared.categories?.filter((name) => !isBuiltIn(name)) ?? []
    this.firstKey = range.first
    this.lastKey = range.last
    this.keyStep = range.step
    this.keysOf = declared.keysOf
    this.allowedBy = declared.allowedBy
    this.run = declared.run
    this.subcommands = declared.subcommands ?? []
    this.arguments = syntax === OPAQUE ? [] : list
    this.group = declared.group
    this.since = declared.since
    this.summary = declared.summary
    this.complexity = declared.complexity
    this.tips = declared.tips ?? []
    this.history = declared.history ?? []
    this.documentFlags = documentFlags(declared)
    this.deprecatedSince = declared.deprecated
    this.replacedBy = declared.replacedBy
    this.module = declared.module
    this.syntax = syntax
    this.reply = declared.reply
    this.examples = declared.examples ?? []
    Object.freeze(this)
  }
}

/**
 * Declares a command.
 * @throws Error when the declaration contradicts itself: a malformed grammar line, a key spec
 * without a key, a subcommand with another container's name
 */
export function defineCommand(declared: Declaration): Command {
  const command = new Command(declared)
  for (const sub of command.subcommands) {
    if (sub.fullName.toLowerCase() !== `${command.name}|${sub.name}`) {
      throw new Error(`'${sub.fullName}' is no subcommand of '${command.name}'`)
    }
  }
  return command
}

function keysOf(declared: Declaration): readonly KeyDeclaration[] {
  if (declared.keys === undefined) return []
  return typeof declared.keys === 'string' ? [declared.keys] : declared.keys
}

function categoriesOf(declared: Declaration, flags: number): number {
  const stated = declared.categories?.filter(isBuiltIn)
  // The reference puts the commands of modules in no category unless the module asks for one.
  if (declared.module) return categoryBits(stated ?? [])
  const isContainer = declared.subcommands !== undefined
  const own = stated ?? (isContainer ? [] : groupCategories(declared.group))
  return withImpliedCategories(categoryBits(own), flags)
}

function documentFlags(declared: Declaration): readonly ('deprecated' | 'syscmd')[] {
  if (declared.deprecated !== undefined) return ['deprecated']
  return declared.system ? ['syscmd'] : []
}
