// node-index.ts: where each entry of one node is, for who reads a node backwards.

import { copyId, ID_WORDS } from '../id.ts'
import { beginEntries, Entry, entryEnd, type Node, readEntry, readKnownEntry } from './node.ts'

const walked = new Entry()

export class NodeIndex {
  /** Entries of the node, deleted ones included. */
  count = 0
  private offsets = new Int32Array(128)
  private ids = new Int32Array(128 * ID_WORDS)

  /** Notes the entries of a node. */
  build(node: Node): void {
    const { start, end } = node
    const entries = node.entries + node.deleted
    if (entries > this.offsets.length) {
      this.offsets = new Int32Array(entries)
      this.ids = new Int32Array(entries * ID_WORDS)
    }
    let count = 0
    for (let at = beginEntries(node, walked); at < end; at = entryEnd(node, walked)) {
      readEntry(node, at, walked)
      copyId(walked.id, 0, this.ids, count * ID_WORDS)
      this.offsets[count++] = at - start
    }
    this.count = count
  }

  /** Reads an entry of the node by its number. */
  read(node: Node, i: number, entry: Entry): void {
    copyId(this.ids, i * ID_WORDS, entry.id, 0)
    readKnownEntry(node, node.start + this.offsets[i]!, entry)
  }
}
