// reply-tree.ts: replies of COMMAND INFO and COMMAND DOCS as nested text that keeps the kind of
// every element and leaves out what may differ: the reference's sentences, and the order in which
// it lists subcommands, that of a hash table.

import { Output } from '#src/bytes/wire/output.js'
import { Reply } from '#src/bytes/wire/reply.js'
import { type Decoded, readReply } from '../support/resp.ts'

/** A reply element: its kind before its value. */
export type Tree = string | readonly Tree[]

/** What a writer writes, decoded by the tests' own reader. */
export function written(protocol: 2 | 3, write: (reply: Reply) => void): Decoded {
  const output = new Output()
  const reply = new Reply(output)
  reply.protocol = protocol
  write(reply)
  const read = readReply(Buffer.concat([...output.parts, output.bytes.subarray(0, output.at)]))
  if (read === undefined) throw new Error('the reply is cut short')
  return read.value
}

/** The reply without prose. */
export function treeOf(value: Decoded): Tree {
  if ('text' in value) return `${value.kind} ${value.text}`
  if ('bytes' in value) return `${value.kind} ${value.bytes.toString('latin1')}`
  if (value.kind === 'nil') return 'nil'
  const items = value.items.map((item, i) => {
    const name = textOf(value.items[i - 1])
    if (prose.has(name)) return 'prose'
    if (name === 'history') return historyTree(item)
    if (name === 'subcommands') return [kindOf(item), ...sortedPairs(item)]
    return treeOf(item)
  })
  const subcommands = items.length > 1 && items.every(isEntry)
  return [value.kind, ...(subcommands ? items.sort(byText) : items)]
}

const prose = new Set(['summary', 'complexity', 'notes'])

function textOf(value: Decoded | undefined): string {
  return value !== undefined && 'bytes' in value ? value.bytes.toString('latin1') : ''
}

function kindOf(value: Decoded): string {
  return value.kind
}

/** Versions stay, changes are prose. */
function historyTree(value: Decoded): Tree {
  if (!('items' in value)) return 'no list'
  const entries = value.items.map((entry) => {
    if (!('items' in entry)) return 'no list'
    return [entry.kind, `${textOf(entry.items[0])} of ${entry.items.length}`]
  })
  return [value.kind, ...entries]
}

function sortedPairs(value: Decoded): Tree[] {
  if (!('items' in value)) return []
  const pairs: Tree[] = []
  for (let i = 0; i + 1 < value.items.length; i += 2) {
    pairs.push([textOf(value.items[i]), treeOf(value.items[i + 1] as Decoded)])
  }
  return pairs.sort(byText)
}

/** Whether an element is the entry of a subcommand in COMMAND INFO. */
function isEntry(tree: Tree): boolean {
  return Array.isArray(tree) && tree.length === 11 && String(tree[1]).includes('|')
}

function byText(a: Tree, b: Tree): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}
