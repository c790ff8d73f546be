// categories.ts: the ACL categories, one bit each, in the order in which ACL CAT and
// COMMAND INFO list them, and the rule that derives a command's categories from what it declares.
//
// Modules have categories of their own too (`Module.categories`), known by name: they come behind
// these, and go with their module.

import { ADMIN, BLOCKING, FAST, PUBSUB, READONLY, WRITE } from './flags.ts'

const names = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
] as const

/** The name of a category without its '@'. */
export type Category = (typeof names)[number]

/** The name of a category that is built in, or that the module of a command declares. */
export type CategoryName = Category | (string & {})

/**
 * The groups of COMMAND DOCS. The list is the reference's and closed: there the commands of all
 * modules, those it comes with too, are in `module`, and tools know no other groups.
 */
export type Group = keyof typeof categoryOfGroup

/** The categories of a command: bits of those that are built in, names of its module's. */
type Categorised = { readonly categories: number; readonly ownCategories: readonly string[] }

// The category that the commands of a group share. Commands that differ state their own.
const categoryOfGroup = {
  string: 'string',
  bitmap: 'bitmap',
  hash: 'hash',
  list: 'list',
  set: 'set',
  'sorted-set': 'sortedset',
  stream: 'stream',
  hyperloglog: 'hyperloglog',
  geo: 'geo',
  generic: 'keyspace',
  connection: 'connection',
  transactions: 'transaction',
  scripting: 'scripting',
  pubsub: undefined,
  server: undefined,
  cluster: undefined,
  sentinel: undefined,
  module: undefined,
} as const satisfies Record<string, Category | undefined>

/** The category every command of the group has unless it states others. */
export function groupCategories(group: Group): readonly Category[] {
  const category = categoryOfGroup[group]
  return category === undefined ? [] : [category]
}

/** The bits of the named categories. */
export function categoryBits(categories: readonly Category[]): number {
  let bits = 0
  for (const category of categories) bits |= 1 << names.indexOf(category)
  return bits
}

/** Whether a category is one of the reference's own. */
export function isBuiltIn(category: CategoryName): category is Category {
  return names.some((name) => name === category)
}

/** The categories of a command without '@', in the order of ACL CAT: its module's come last. */
export function categoryNames({ categories, ownCategories }: Categorised): string[] {
  const builtIn = names.filter((_, bit) => (categories & (1 << bit)) !== 0)
  return [...builtIn, ...ownCategories]
}

const SCRIPTING = categoryBits(['scripting'])
const SLOW = categoryBits(['slow'])
const READ = categoryBits(['read'])

const implied: readonly (readonly [flag: number, categories: number])[] = [
  [WRITE, categoryBits(['write'])],
  [ADMIN, categoryBits(['admin', 'dangerous'])],
  [PUBSUB, categoryBits(['pubsub'])],
  [FAST, categoryBits(['fast'])],
  [BLOCKING, categoryBits(['blocking'])],
]

/**
 * Adds what the flags imply. A script that only reads is no member of @read: it runs code, and
 * whoever is given @read is not meant to run code. What is not fast is slow.
 * @param stated the bits of the categories that the declaration states
 */
export function withImpliedCategories(stated: number, flags: number): number {
  let bits = stated
  for (const [flag, categories] of implied) if (flags & flag) bits |= categories
  if (flags & READONLY && !(stated & SCRIPTING)) bits |= READ
  if (!(flags & FAST)) bits |= SLOW
  return bits
}
