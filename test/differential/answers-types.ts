// answers-types.ts: how far the answers about values may differ: the order of hash tables, the
// time, and chance are each server's own business.
import type { Decoded } from '../support/resp.ts'
import { identical, items, type Same, sameItems, sameKind, samePairs, within } from './answers.ts'

/** As in answers.ts: by the command, or the command with its first word. */
export const lenientTypes: Record<string, Same> = {
  HKEYS: sameItems,
  HVALS: sameItems,
  HGETALL: samePairs,
  SMEMBERS: sameItems,
  SINTER: sameItems,
  SUNION: sameItems,
  SDIFF: sameItems,
  SPOP: sameItems,
  HRANDFIELD: sameShape,
  SRANDMEMBER: sameShape,
  ZRANDMEMBER: sameShape,
  HSCAN: sameElements,
  SSCAN: sameElements,
  ZSCAN: sameElements,
  HTTL: each(within(2)),
  HPTTL: each(within(2000)),
  HEXPIRETIME: each(within(2)),
  HPEXPIRETIME: each(within(2000)),
  SORT: sameSorted,
  SORT_RO: sameSorted,
  DUMP: sameDump,
  'DEBUG OBJECT': sameObject,
  XPENDING: sameWithin(5000),
  'XINFO STREAM': sameFacts,
  'XINFO CONSUMERS': sameFacts,
}

/** RDB types that are written in the order of a hash table, or with times of the day. */
const LOOSE_DUMPS = [2, 4, 15, 16, 19, 20, 21, 24, 25]

/** Fields of XINFO with times, or with the nodes of the reference's own trees. */
const TIMES = ['idle', 'inactive', 'seen-time', 'active-time', 'radix-tree-nodes', 'pel', 'pending']

/** Chance: as many elements, of the same kinds. */
function sameShape(ours: Decoded, theirs: Decoded): boolean {
  if (ours.kind !== theirs.kind || ours.kind === 'error') return false
  return items(ours)?.length === items(theirs)?.length
}

/** What is not to be sorted comes in the order of a set. */
function sameSorted(ours: Decoded, theirs: Decoded, command: readonly string[]): boolean {
  return command.some((word) => /^nosort$/i.test(word)) && sameShape(ours, theirs)
}

/** One round over all elements shows the same, in any order. */
function sameElements(ours: Decoded, theirs: Decoded, command: readonly string[]): boolean {
  const [one, other] = [items(ours), items(theirs)]
  if (one?.length !== 2 || other?.length !== 2) return false
  const isWhole = command[2] === '0' && command.includes('1000')
  return !isWhole || sameItems(one[1] as Decoded, other[1] as Decoded)
}

/** A payload of a hash table is in its own order; what is in it shows in DEBUG DIGEST-VALUE. */
function sameDump(ours: Decoded, theirs: Decoded): boolean {
  if (ours.kind !== 'bulk' || theirs.kind !== 'bulk') return false
  const [type] = ours.bytes
  return type === theirs.bytes[0] && LOOSE_DUMPS.includes(type ?? -1)
}

/** Where a value lies and when it was used is each server's own. */
function sameObject(ours: Decoded, theirs: Decoded): boolean {
  if (ours.kind !== 'simple' || theirs.kind !== 'simple') return false
  const facts = ({ text }: { text: string }) =>
    text.replace(/at:\S+|refcount:\S+|lru\S+|serializedlength:\S+/g, '')
  return facts(ours) === facts(theirs)
}

function each(same: Same): Same {
  return (ours, theirs, command) => {
    const [one, other] = [items(ours), items(theirs)]
    if (one === undefined || other === undefined || one.length !== other.length) return false
    return one.every((item, i) => {
      const theirItem = other[i] as Decoded
      return identical(item, theirItem) || same(item, theirItem, command)
    })
  }
}

/** Alike but for integers that lie that near to each other, at any depth. */
function sameWithin(distance: number): Same {
  const near = within(distance)
  const same: Same = (ours, theirs, command) =>
    identical(ours, theirs) ||
    (items(ours) === undefined ? near(ours, theirs, command) : each(same)(ours, theirs, command))
  return same
}

/** Names and values, of which some are times. */
function sameFacts(ours: Decoded, theirs: Decoded, command: readonly string[]): boolean {
  if (identical(ours, theirs)) return true
  const [one, other] = [items(ours), items(theirs)]
  if (one === undefined || other === undefined || one.length !== other.length) return false
  return one.every((item, i) => {
    const theirItem = other[i] as Decoded
    if (identical(item, theirItem)) return true
    const before = one[i - 1]
    const name = before?.kind === 'bulk' ? before.bytes.toString() : ''
    if (TIMES.includes(name) && sameKind(item, theirItem)) {
      return items(item)?.length === items(theirItem)?.length
    }
    return sameFacts(item, theirItem, command)
  })
}
