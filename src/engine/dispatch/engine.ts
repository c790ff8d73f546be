// engine.ts: the state machine: (request bytes, time, randomness) in, (reply bytes, effects) out.
//
// It has no sockets, files or timers: a host feeds its sessions bytes, sends what they answer and
// calls `tick`. Same seed, same input, same ticks: byte for byte the same replies and effects.

import { Output } from '../../bytes/wire/output.ts'
import { Reply } from '../../bytes/wire/reply.ts'
import { CommandTable } from '../command/table.ts'
import { Configuration } from '../config/configuration.ts'
import type { Events } from '../contract/events.ts'
import { Gates } from '../contract/gates.ts'
import { Limits } from '../contract/limits.ts'
import type { Module } from '../contract/module.ts'
import { type EnginePart, Parts } from '../contract/parts.ts'
import {
  type Clock,
  type Entropy,
  type Host,
  noHost,
  type ShutdownOptions,
  type Transport,
} from '../contract/ports.ts'
import { Random } from '../contract/random.ts'
import { Effects } from '../effects/effects.ts'
import { Access } from '../keyspace/access.ts'
import type { DatabaseParts } from '../keyspace/database-parts.ts'
import { Database } from '../keyspace/keyspace.ts'
import { Blocking } from '../session/blocking.ts'
import { Broadcast } from '../session/broadcast.ts'
import { Onlookers } from '../session/onlookers.ts'
import { Session } from '../session/session.ts'
import { Deadlines } from '../upkeep/deadlines.ts'
import { Eviction } from '../upkeep/eviction.ts'
import { Expiry } from '../upkeep/expire.ts'
import { Memory } from '../upkeep/memory.ts'
import { Removal } from '../upkeep/removal.ts'
import { Stats } from '../upkeep/stats.ts'
import { Stopwatch } from '../upkeep/stopwatch.ts'
import { Changes } from './changes.ts'
import { Context } from './context.ts'
import { Dispatcher } from './dispatcher.ts'
import type { EngineOptions } from './engine-options.ts'
import { type HookLists, hooksOf } from './hooks.ts'
import { drawIdentity } from './identity.ts'
import { takeIn } from './install.ts'
import type { Role } from './role.ts'
import { Time } from './time.ts'
import { Turn } from './turn.ts'
import { TypeTable } from './type-table.ts'

export class Engine {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly random: Random
  readonly access: Access
  readonly table = new CommandTable()
  readonly gates = new Gates()
  readonly stats = new Stats()
  readonly limits = new Limits()
  readonly memory: Memory
  readonly eviction: Eviction
  readonly changes = new Changes()
  readonly events: Events = this.changes.events
  readonly effects = new Effects()
  readonly deadlines = new Deadlines()
  readonly turn = new Turn(this)
  readonly stopwatch: Stopwatch
  readonly removal = new Removal(this)
  readonly time: Time
  readonly expiry: Expiry
  readonly blocking = new Blocking(this)
  readonly broadcast: Broadcast
  readonly onlookers = new Onlookers()
  /** What it is made of; install.ts takes in and out. */
  readonly modules: Module[] = []
  /** What the modules want to be told. */
  hooks: HookLists = hooksOf([])
  readonly host: Host
  readonly config = new Configuration()
  readonly types = new TypeTable()
  readonly databases: Database[] = []
  readonly sessions = new Map<number, Session>()
  /** Where replies of the session that is being served come together. */
  readonly output: Output
  readonly reply: Reply
  readonly context: Context
  readonly dispatcher: Dispatcher
  /** Milliseconds since 1970; stands still for a command, a script, a transaction. */
  now = 0
  /** When the engine was made, in milliseconds since 1970. */
  readonly startedAt: number
  /** 40 hexadecimal digits that name this run. */
  readonly runId: string
  /** 40 hexadecimal digits that name the history of the data. */
  replicationId: string
  /** Whether it decides over its data; `setRole` changes it. */
  role: Role = 'primary'
  /** DEBUG PAUSE-CRON: `tick` does only what is due at a time. */
  cronPaused = false
  /** Bits of the gates whose condition may hold for every session. */
  armed = 0
  private readonly parts: DatabaseParts
  private readonly slots = new Parts<Engine>(this)
  private sessionCount = 0

  constructor(options: EngineOptions) {
    this.output = new Output(options.allocate)
    this.reply = new Reply(this.output)
    this.broadcast = new Broadcast(options.allocate)
    this.clock = options.clock
    this.entropy = options.entropy
    const { seed, hashKey, runId, replicationId } = drawIdentity(options.entropy, options.seed)
    this.random = new Random(seed)
    this.runId = runId
    this.replicationId = replicationId
    this.access = new Access(this.random)
    this.memory = new Memory(this)
    const { access, changes, limits } = this
    const { noted } = changes
    const { ledger } = this.memory
    this.parts = { hashKey, access, ledger, noted, limits, interest: changes }
    this.eviction = new Eviction(this)
    this.expiry = new Expiry(this)
    this.context = new Context(this)
    this.stopwatch = new Stopwatch(this.clock)
    this.dispatcher = new Dispatcher(this, options.poison ?? false)
    this.time = new Time(this)
    this.beginBatch()
    this.startedAt = this.now
    this.host = options.host ?? noHost
    takeIn(this, options.modules)
    options.configure?.(this)
    const databases = options.databases ?? this.config.find('databases')?.value ?? 16
    for (let i = 0; i < Number(databases); i++) {
      this.databases.push(new Database(i, this.parts))
    }
    for (const module of options.modules) module.hooks?.onLoad?.(this, [])
    for (const hook of this.hooks.onStart) hook(this)
  }

  /** What a feature keeps with this engine, made where there is nothing yet. */
  part<T>(key: EnginePart<T>): T {
    return this.slots.take(key)
  }

  /** As `part`, undefined where nobody has asked for it yet. */
  peek<T>(key: EnginePart<T>): T | undefined {
    return this.slots.peek(key)
  }

  /** Takes the hooks of the modules anew, after these have changed. */
  refreshHooks(): void {
    this.hooks = hooksOf(this.modules)
  }

  /** Promotes or demotes the engine, and tells the modules where that changes its role. */
  setRole(role: Role): void {
    if (role === this.role) return
    this.role = role
    for (const hook of this.hooks.onRoleChange) hook(this, role)
  }

  /**
   * Lets the modules bring everything to an end. Hosts call it before they end the process, or
   * close an embedded engine.
   * @returns false when that is refused: everything goes on
   */
  end(options: ShutdownOptions): boolean {
    for (const hook of this.hooks.onEnd) {
      if (!hook(this, options) && !options.force) return false
    }
    return true
  }

  /** Begins a conversation. */
  open(transport: Transport): Session {
    this.beginBatch()
    const session = new Session(this, ++this.sessionCount, transport)
    session.limits.bulkMax = this.limits.bulk
    this.sessions.set(session.id, session)
    this.stats.connections++
    for (const hook of this.hooks.onSessionStart) hook(session)
    return session
  }

  /** Called by a session that has ended. */
  sessionEnded(session: Session): void {
    this.sessions.delete(session.id)
    session.transaction.discard()
    this.blocking.forget(session)
    this.memory.look(session)
    for (const hook of this.hooks.onSessionEnd) hook(session)
  }

  /** Called when clients take more memory than they may. */
  relieve(): void {
    for (const hook of this.hooks.onCrowded) hook(this)
  }

  /** Reads the clock before a batch of commands. */
  beginBatch(): void {
    this.stopwatch.start()
    this.time.follow()
  }

  /** Notes how long the commands of the batch took. */
  endBatch(): void {
    this.stopwatch.stop()
  }

  /** Replaces a database by an empty one; returns how many keys went. */
  flushDatabase(id: number): number {
    const old = this.databases[id]!
    this.changes.flushing(old, this.now)
    const fresh = new Database(id, this.parts)
    fresh.watchers = old.watchers
    fresh.waiting = old.waiting
    this.databases[id] = fresh
    old.dispose()
    return old.size
  }

  /** Exchanges the content of two databases; their watchers stay with the number. */
  swapDatabases(a: number, b: number): void {
    if (a === b) return
    const first = this.databases[a]!
    const second = this.databases[b]!
    this.changes.swapping(first, second, this.now)
    first.id = b
    second.id = a
    this.databases[a] = second
    this.databases[b] = first
  }

  /**
   * Bounded work that no command asked for: expiry, deadlines, what modules do regularly.
   * @returns milliseconds until it wants to be called again
   */
  tick(): number {
    this.time.synchronise()
    this.beginBatch()
    const began = this.stopwatch.micros
    for (const db of this.databases) db.arena.trim()
    this.memory.giveBack()
    this.deadlines.runDue(this.now)
    const pause = this.cronPaused ? 1000 / this.expiry.hz : this.expiry.run()
    if (this.effects.armed) this.effects.commit(false)
    if (this.blocking.noted.length > 0) this.blocking.serve()
    if (!this.cronPaused) {
      for (const hook of this.hooks.onTick) hook(this, this.now)
    }
    if (this.turn.armed) this.turn.end()
    this.turn.settle()
    this.stopwatch.endTick(began)
    return Math.min(pause, Math.max(0, this.deadlines.next - this.now))
  }

  /** Bytes of all databases, as accounted. */
  get dataMemory(): number {
    return this.memory.ledger.bytes
  }
}
