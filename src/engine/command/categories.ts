// categories.ts: the ACL categories, one bit each, in the order in which ACL CAT and
// COMMAND INFO list them, and the rule that derives a command's categories from what it declares.

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

/** The groups of COMMAND DOCS; those of outside modules are all in `module`. */
export type Group = keyof typeof categoryOfGroup

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
  for (const category of categories) {
    const bit = names.indexOf(category)
    if (bit < 0) throw new Error(`unknown category '${category}'`)
    bits |= 1 << bit
  }
  return bits
}

/** The categories' names without '@', in the order of ACL CAT. */
export function categoryNames(bits: number): string[] {
  return names.filter((_, bit) => (bits & (1 << bit)) !== 0)
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
