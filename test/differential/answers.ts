// answers.ts: which answers may differ between two servers that behave alike, and how far.
import { type Decoded, readReply } from '../support/resp.ts'
import { lenientTypes } from './answers-types.ts'

/** True when two decoded replies to the same command mean the same. */
export type Same = (ours: Decoded, theirs: Decoded, command: readonly string[]) => boolean

/**
 * Every answer that depends on time, chance, the process or the version; all others are compared
 * byte by byte. The key is the command, or the command with its first word.
 */
const lenient: Record<string, Same> = {
  TTL: within(2),
  PTTL: within(2000),
  EXPIRETIME: within(2),
  PEXPIRETIME: within(2000),
  'OBJECT IDLETIME': within(2),
  'OBJECT FREQ': sameKind,
  // The reference counts the queue of a transaction among the holders of a value.
  'OBJECT REFCOUNT': sameKind,
  'CLIENT ID': sameKind,
  'CLIENT INFO': sameKind,
  'CLIENT LIST': sameKind,
  'MEMORY USAGE': sameKind,
  INFO: sameKind,
  TIME: sameKind,
  HELLO: sameKind,
  // Which key comes first is the business of each hash table.
  RANDOMKEY: sameKind,
  KEYS: sameItems,
  SCAN: sameScan,
  'CONFIG GET': samePairs,
  // The subcommands of a command come in the order of the server's own table, and what we note
  // about a key is in our own words.
  'COMMAND INFO': sameInfo,
  'COMMAND COUNT': sameKind,
  'COMMAND DOCS': sameKind,
  'COMMAND LIST': sameKind,
}

/** True when the raw replies to a command are the same, or differ only as they may. */
export function sameReply(command: readonly string[], ours: Buffer, theirs: Buffer): boolean {
  if (ours.equals(theirs)) return true
  const rule = ruleFor(command)
  const one = readReply(ours)?.value
  const other = readReply(theirs)?.value
  return rule !== undefined && one !== undefined && other !== undefined && rule(one, other, command)
}

/** True when two replies to EXEC are the same, each item judged by its own command. */
export function sameExec(queue: readonly string[][], ours: Buffer, theirs: Buffer): boolean {
  if (ours.equals(theirs)) return true
  const one = items(readReply(ours)?.value)
  const other = items(readReply(theirs)?.value)
  if (one === undefined || other === undefined || one.length !== other.length) return false
  return one.every((item, i) => {
    const theirItem = other[i] as Decoded
    const command = queue[i] ?? []
    return identical(item, theirItem) || (ruleFor(command)?.(item, theirItem, command) ?? false)
  })
}

function ruleFor(command: readonly string[]): Same | undefined {
  const [name = '', word = ''] = command.map((text) => text.toUpperCase())
  const rules = { ...lenientTypes, ...lenient }
  return rules[`${name} ${word}`] ?? rules[name]
}

export function within(distance: number): Same {
  return (ours, theirs) => {
    if (ours.kind !== 'integer' || theirs.kind !== 'integer') return false
    const [one, other] = [Number(ours.text), Number(theirs.text)]
    // Negative answers are codes, not times.
    return one >= 0 && other >= 0 && Math.abs(one - other) <= distance
  }
}

export function sameKind(ours: Decoded, theirs: Decoded): boolean {
  return ours.kind === theirs.kind && ours.kind !== 'error'
}

export function sameItems(ours: Decoded, theirs: Decoded): boolean {
  return ours.kind === theirs.kind && sorted(items(ours)) === sorted(items(theirs))
}

/** Where a cursor leads is the business of each hash table; one round over all shows the same. */
function sameScan(ours: Decoded, theirs: Decoded, command: readonly string[]): boolean {
  const [one, other] = [items(ours), items(theirs)]
  if (one?.length !== 2 || other?.length !== 2) return false
  const isWhole = command[1] === '0' && command.includes('1000')
  return !isWhole || sameItems(one[1] as Decoded, other[1] as Decoded)
}

export function samePairs(ours: Decoded, theirs: Decoded): boolean {
  return ours.kind === theirs.kind && sorted(pairs(ours)) === sorted(pairs(theirs))
}

/** Without a name it lists all commands, and we do not have them all. */
function sameInfo(ours: Decoded, theirs: Decoded, command: readonly string[]): boolean {
  return command.length === 2 ? sameKind(ours, theirs) : unordered(ours) === unordered(theirs)
}

function unordered(value: Decoded): string {
  const list = items(value)
  if (list === undefined) return JSON.stringify(value)
  const note = list.findIndex((item) => JSON.stringify(item) === notes)
  const counted = note < 0 ? list : list.toSpliced(note, 2)
  return `${value.kind}[${counted.map(unordered).sort()}]`
}

const notes = JSON.stringify({ kind: 'bulk', bytes: Buffer.from('notes') })

export function items(value: Decoded | undefined): Decoded[] | undefined {
  return value !== undefined && 'items' in value ? value.items : undefined
}

function pairs(value: Decoded): Decoded[][] {
  const flat = items(value) ?? []
  return flat.flatMap((item, i) => (i % 2 === 0 ? [[item, flat[i + 1] as Decoded]] : []))
}

function sorted(list: unknown[] | undefined): string {
  return JSON.stringify((list ?? []).map((item) => JSON.stringify(item)).sort())
}

export function identical(ours: Decoded, theirs: Decoded): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs)
}
