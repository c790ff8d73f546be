// table.ts: finds commands by name and keeps what one engine knows about each of them.
//
// A `Command` is the frozen declaration, shared by all engines of the process; a `BoundCommand` is
// its place in one engine: its gates, its statistics, whether it was renamed. Names are compared
// as bytes in lower case, in an open-addressing table, so that a lookup makes no string.

import type { Words } from '../../bytes/wire/request.ts'
import type { Handler } from '../dispatch/context.ts'
import type { Command } from './command.ts'
import { FAST, RUNS_COMMANDS } from './flags.ts'
import { CommandStats } from './stats.ts'

export class BoundCommand {
  readonly command: Command
  readonly run: Handler
  readonly arity: number
  readonly flags: number
  /** Bits of the gates that may refuse it; `CommandTable.admit` says which. */
  gates = 0
  /** With so many words at most it takes constant time, or next to it (upkeep/stopwatch.ts). */
  readonly briefWords: number
  readonly stats = new CommandStats()
  /** Commands behind a second word; empty for all others. */
  readonly subcommands: CommandTable
  readonly parent: BoundCommand | undefined

  constructor(command: Command, parent?: BoundCommand) {
    this.command = command
    this.run = command.run ?? missing
    this.arity = command.arity
    this.flags = command.flags
    this.briefWords = briefWordsOf(command)
    this.parent = parent
    this.subcommands = new CommandTable()
    for (const sub of command.subcommands ?? []) {
      this.subcommands.add(sub.name, new BoundCommand(sub, this))
    }
  }

  /** 'get' or 'client|list'. */
  get fullName(): string {
    return this.command.fullName
  }
}

/** A fast command is linear in its words: with the least it needs it deals with one element. */
function briefWordsOf({ complexity, flags, arity }: Command): number {
  if ((flags & RUNS_COMMANDS) !== 0) return 0
  if (complexity === 'O(1)') return Number.POSITIVE_INFINITY
  return (flags & FAST) === 0 ? 0 : Math.abs(arity)
}

/** A container called without a subcommand is stopped by its arity; this is never reached. */
function missing(): void {
  throw new Error('a container command was run')
}

export class CommandTable {
  /** Counts how often commands came, went or got another name. */
  version = 0
  private names: Uint8Array[] = []
  private commands: BoundCommand[] = []
  private index = new Int16Array(8).fill(-1)

  /** Number of commands, subcommands not counted. */
  get size(): number {
    return this.commands.length
  }

  /** The commands in the order they were added. */
  all(): readonly BoundCommand[] {
    return this.commands
  }

  add(name: string, command: BoundCommand): void {
    const lower = name.toLowerCase()
    const bytes = new Uint8Array(lower.length)
    for (let i = 0; i < lower.length; i++) bytes[i] = lower.charCodeAt(i)
    this.names.push(bytes)
    this.commands.push(command)
    this.version++
    if (this.commands.length * 4 > this.index.length) this.rebuild(this.index.length * 4)
    else this.place(this.commands.length - 1)
  }

  /** Takes a name away (rename-command). */
  remove(name: string): void {
    const at = this.commands.indexOf(this.get(name)!)
    if (at >= 0) this.removeAt(at)
  }

  /** Takes a command away, whatever its name is by now. */
  drop(command: Command): void {
    const at = this.commands.findIndex((bound) => bound.command === command)
    if (at >= 0) this.removeAt(at)
  }

  /** Says which gates look at each command, after gates came or went. */
  admit(maskOf: (command: Command) => number): void {
    for (const bound of this.commands) {
      bound.gates = maskOf(bound.command)
      bound.subcommands.admit(maskOf)
    }
  }

  get(name: string): BoundCommand | undefined {
    const bytes = new Uint8Array(name.length)
    for (let i = 0; i < name.length; i++) bytes[i] = name.charCodeAt(i)
    return this.find(bytes, 0, bytes.length)
  }

  /** The command that argument `i` names. */
  at(words: Words, i: number): BoundCommand | undefined {
    return this.find(words.bytes, words.starts[i]!, words.ends[i]!)
  }

  find(bytes: Uint8Array, start: number, end: number): BoundCommand | undefined {
    const mask = this.index.length - 1
    let slot = hashName(bytes, start, end) & mask
    for (;;) {
      const i = this.index[slot]!
      if (i < 0) return undefined
      if (sameName(this.names[i]!, bytes, start, end)) return this.commands[i]
      slot = (slot + 1) & mask
    }
  }

  private removeAt(at: number): void {
    this.version++
    this.names.splice(at, 1)
    this.commands.splice(at, 1)
    this.rebuild(this.index.length)
  }

  private rebuild(size: number): void {
    this.index = new Int16Array(size).fill(-1)
    for (let i = 0; i < this.names.length; i++) this.place(i)
  }

  private place(i: number): void {
    const name = this.names[i]!
    const mask = this.index.length - 1
    let slot = hashName(name, 0, name.length) & mask
    while (this.index[slot]! >= 0) slot = (slot + 1) & mask
    this.index[slot] = i
  }
}

/** Folds case by setting bit 5: that joins some other characters too, `sameName` does not. */
function hashName(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i]! | 0x20)) | 0
  return hash ^ (hash >>> 15)
}

function sameName(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false
  for (let i = 0; i < name.length; i++) {
    let byte = bytes[start + i]!
    if (byte >= 65 && byte <= 90) byte |= 0x20
    if (byte !== name[i]) return false
  }
  return true
}
