// large-edit.ts: changes in the middle of a quicklist: insertion, replacement, removal.

import { Span } from '../../bytes/memory/span.ts'
import { LISTPACK_HEADER, listpackAt, listpackEntryEnd } from '../../bytes/packed/listpack.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'
import { compactListpack, gone } from './compact.ts'
import type { Quicklist } from './large.ts'
import { Node } from './node.ts'
import { exceedsNode } from './node-limits.ts'

/** Header and end mark of the second of two listpacks that become one. */
const LISTPACK_FRAME = 7

const content = new Span()
const second = new Span()

/** Puts an element behind or before the one that `seek` found. */
export function insertBeside(list: Quicklist, element: Span, behind: boolean): void {
  const { node, place } = list
  const size = element.length
  const isAtEdge = place === (behind ? node.count - 1 : 0)
  const beside = behind ? node.next : node.previous
  if (list.isOutsize(size)) {
    const part = node.isPlain || isAtEdge ? null : split(list, node, place, behind)
    const single = Node.plain(list.buffers, element)
    list.add(single, node, behind)
    if (part !== null) list.add(part, single, behind)
  } else if (list.allows(node, size)) {
    insertWithin(list, node, behind ? place + 1 : place, element)
  } else if (isAtEdge && list.allows(beside, size)) {
    insertWithin(list, beside!, behind ? 0 : beside!.count, element)
  } else if (isAtEdge) {
    insertWithin(list, list.addEmpty(node, behind, size), 0, element)
  } else {
    const part = split(list, node, place, behind)
    list.add(part, node, behind)
    insertWithin(list, part, behind ? 0 : part.count, element)
    mergeAround(list, node)
  }
}

/** Exchanges the element that `seek` found. */
export function replaceFound(list: Quicklist, element: Span): void {
  const { node, buffers } = list
  const isOutsize = list.isOutsize(element.length)
  if (!node.isPlain && !isOutsize) {
    node.own(buffers)
    node.replace(buffers, entryAt(node, list.place), element, list.most)
    list.settle(node)
  } else if (node.isPlain && !isOutsize) {
    insertBeside(list, element, true)
    list.removeNode(node)
  } else {
    replaceByNode(list, node, element)
  }
}

/** Removes `count` elements from number `first` on. */
export function removeRange(list: Quicklist, first: number, count: number): void {
  if (count === 0) return
  list.seek(first)
  let node: Node | null = list.node
  let place = list.place
  let left = count
  while (left > 0 && node !== null) {
    const next: Node | null = node.next
    const taken = Math.min(left, node.count - place)
    if (taken === node.count) list.removeNode(node)
    else removeWithin(list, node, place, taken)
    left -= taken
    place = 0
    node = next
  }
}

/**
 * Removes elements equal to one.
 * @param most how many at most; below zero the last ones go first
 * @returns how many went
 */
export function removeEqual(list: Quicklist, element: Span, most: number): number {
  const backwards = most < 0
  let left = most
  let node = backwards ? list.tail : list.head
  while (node !== null && left !== 0) {
    const next: Node | null = backwards ? node.previous : node.next
    const went = removeEqualWithin(list, node, element, left)
    left += backwards ? went : -went
    node = next
  }
  return Math.abs(most - left)
}

function removeEqualWithin(list: Quicklist, node: Node, element: Span, most: number): number {
  node.read(content)
  if (node.isPlain) {
    if (!content.equals(element)) return 0
    list.removeNode(node)
    return 1
  }
  if (findInListpack(content.bytes, content.start, content.end, element, 1) === 0) return 0
  node.own(list.buffers)
  node.read(content)
  const end = compactListpack(content, element, most)
  const went = gone.count
  if (went === node.count) list.removeNode(node)
  else {
    node.truncate(end, node.count - went)
    list.count -= went
    node.trim(list.buffers)
    list.settle(node)
  }
  return went
}

/** Puts an outsized element, as a node, in place of the one that `seek` found. */
function replaceByNode(list: Quicklist, node: Node, element: Span): void {
  const { place, buffers } = list
  const isAtEnd = place === node.count - 1
  const part = node.isPlain || isAtEnd ? null : split(list, node, place, true)
  const single = Node.plain(buffers, element)
  list.add(single, node, true)
  if (part !== null) list.add(part, single, true)
  if (node.count === 1) {
    list.removeNode(node)
    return
  }
  removeWithin(list, node, node.count - 1, 1)
  const merged = mergeAround(list, single)
  if (merged.previous !== null) list.settle(merged.previous)
  if (merged.next !== null) list.settle(merged.next)
}

function insertWithin(list: Quicklist, node: Node, place: number, element: Span): void {
  node.own(list.buffers)
  const at = place === node.count ? node.end - 1 : entryAt(node, place)
  node.insert(list.buffers, at, element, list.most)
  list.count++
  list.settle(node)
}

function removeWithin(list: Quicklist, node: Node, place: number, count: number): void {
  node.own(list.buffers)
  const from = entryAt(node, place)
  let to = node.end - 1
  if (place + count < node.count) to = entriesOn(node.bytes, from, count)
  node.remove(list.buffers, from, to, count)
  list.count -= count
  list.settle(node)
}

/**
 * Takes the elements behind or before a place out of a node.
 * @returns a new node with them, which is not yet in the list
 */
function split(list: Quicklist, node: Node, place: number, behind: boolean): Node {
  node.own(list.buffers)
  const { bytes, start, end } = node
  const border = entryAt(node, behind ? place + 1 : place)
  const from = behind ? border : start + LISTPACK_HEADER
  const to = behind ? end - 1 : border
  const count = behind ? node.count - place - 1 : place
  const part = Node.entries(list.buffers, content.set(bytes, from, to), count)
  node.remove(list.buffers, from, to, count)
  list.count -= count
  return part
}

/** Merges the nodes around one, and it with them, where two fit one; returns what it became. */
function mergeAround(list: Quicklist, center: Node): Node {
  const { previous, next } = center
  if (fitsOne(list, previous?.previous, previous)) merge(list, previous!.previous!, previous!)
  if (fitsOne(list, next, next?.next)) merge(list, next!, next!.next!)
  let target = center
  if (fitsOne(list, target.previous, target)) target = merge(list, target.previous!, target)
  if (fitsOne(list, target, target.next)) target = merge(list, target, target.next!)
  return target
}

function fitsOne(
  list: Quicklist,
  left: Node | null | undefined,
  right: Node | null | undefined,
): boolean {
  if (left == null || right == null || left.isPlain || right.isPlain) return false
  const size = left.size + right.size - LISTPACK_FRAME
  return !exceedsNode(list.fill, size, left.count + right.count)
}

/** Makes one node of two neighbours. */
function merge(list: Quicklist, left: Node, right: Node): Node {
  left.own(list.buffers)
  right.read(second)
  const { count } = right
  second.set(second.bytes, second.start + LISTPACK_HEADER, second.end - 1)
  left.append(list.buffers, second, count, list.most)
  list.count += count
  list.removeNode(right)
  list.settle(left)
  return left
}

/** Where the entry of a place begins; the node is not compressed. */
function entryAt(node: Node, place: number): number {
  return listpackAt(node.bytes, node.start, node.end, place)
}

function entriesOn(bytes: Uint8Array, from: number, count: number): number {
  let at = from
  for (let left = count; left > 0; left--) at = listpackEntryEnd(bytes, at)
  return at
}
