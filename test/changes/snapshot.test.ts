// snapshot.test.ts: the write barrier is enough for a copy of all data at one moment, taken in
// slices while commands go on. This is the proof, and no snapshot that anybody uses.
//
// A walk through the dictionary copies what it comes upon. What is about to change before the walk
// has been there is copied then, and remembered by its name until the walk comes by; so is a name
// that is new. What lies behind the cursor was copied: no bit in the entry says so.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '#src/bytes/memory/span.js'
import type { Barrier, Change } from '#src/engine/dispatch/changes.js'
import { CREATED, LOADED } from '#src/engine/keyspace/interest.js'
import type { Database } from '#src/engine/keyspace/keyspace.js'
import { Seed } from '../support/seed.ts'
import { dumpOf, nameOf } from './facts.ts'
import { Scene } from './scene.ts'
import { generated, type Step } from './scripts.ts'

/** How far the walk through one database has come. */
class Walk {
  readonly number: number
  cursor = 0
  isOver = false
  /** Names before the walk that it passes over. */
  readonly dealtWith = new Set<string>()

  constructor(number: number) {
    this.number = number
  }

  /** Whether what happens to a key is none of the snapshot's business. */
  isDone(db: Database, { bytes, start, end }: Span): boolean {
    return this.isOver || db.dict.isBehind(this.cursor, bytes, start, end)
  }
}

class Snapshot implements Barrier {
  readonly copied = new Map<string, string>()
  /** The most names that were remembered at a time. */
  remembered = 0
  private readonly walks = new Map<Database, Walk>()
  private readonly scene: Scene
  private readonly key = new Span()
  private readonly hear = (change: Change) => this.created(change)

  constructor(scene: Scene) {
    this.scene = scene
    const { changes, databases } = scene.engine
    for (const db of databases) this.walks.set(db, new Walk(db.id))
    changes.guardWith(this)
    changes.listen(this.hear, CREATED | LOADED)
  }

  /** Copies what one step of the walk comes upon; false at the end. */
  step(): boolean {
    for (const [db, walk] of this.walks) {
      if (walk.isOver) continue
      this.walk(db, walk)
      return true
    }
    this.scene.engine.changes.guardWith(undefined)
    this.scene.engine.changes.unlisten(this.hear)
    return false
  }

  beforeChange(db: Database, ref: number, key: Span): void {
    const walk = this.walks.get(db)
    if (walk === undefined || walk.isDone(db, key) || walk.dealtWith.has(nameOf(key))) return
    this.copy(db, ref, key)
    this.remember(walk, key)
  }

  beforeFlush(db: Database): void {
    const walk = this.walks.get(db)
    while (walk !== undefined && !walk.isOver) this.walk(db, walk)
  }

  private created({ db, key }: Change): void {
    const walk = this.walks.get(db)
    if (walk !== undefined && !walk.isDone(db, key)) this.remember(walk, key)
  }

  private walk(db: Database, walk: Walk): void {
    const next = db.dict.scan(walk.cursor, (ref) => {
      const key = db.key(ref, this.key)
      // A table that has become smaller shows what it has shown already.
      if (walk.isDone(db, key) || walk.dealtWith.delete(nameOf(key))) return
      this.copy(db, ref, key)
    })
    walk.cursor = next
    walk.isOver = next === 0
  }

  private remember(walk: Walk, key: Span): void {
    walk.dealtWith.add(nameOf(key))
    this.remembered = Math.max(this.remembered, walk.dealtWith.size)
  }

  private copy(db: Database, ref: number, key: Span): void {
    const place = `${this.walks.get(db)?.number}:${nameOf(key)}`
    assert.ok(!this.copied.has(place), `${place} is copied twice`)
    this.copied.set(place, dumpOf(this.scene, db, ref))
  }
}

/** All that is there now. */
function allOf(scene: Scene): Map<string, string> {
  const all = new Map<string, string>()
  const key = new Span()
  for (const db of scene.engine.databases) {
    db.dict.each((ref) => all.set(`${db.id}:${nameOf(db.key(ref, key))}`, dumpOf(scene, db, ref)))
  }
  return all
}

/** Commands that make the tables grow and shrink, and that touch keys of which there are many. */
function crowd(chance: Seed): Step {
  const name = () => `key:${chance.below(400)}`
  const words = chance.pick([
    ['DEBUG', 'POPULATE', `${chance.below(400)}`, chance.pick(['key', 'more'])],
    ['UNLINK', ...Array.from({ length: 60 }, name)],
    ['UNLINK', ...Array.from({ length: 390 }, (_, i) => `key:${i}`)],
    ['APPEND', name(), 'x'],
    ['RENAME', name(), name()],
    ['COPY', name(), name(), 'DB', '1', 'REPLACE'],
    ['MOVE', name(), '1'],
    ['SWAPDB', '0', '1'],
    ['PEXPIRE', name(), '60'],
    ['HSETEX', 'fields', 'PX', '60', 'FIELDS', '1', name(), 'v'],
  ])
  return { what: words.slice(0, 3).join(' '), play: (scene) => scene.run(1, words) }
}

/** The same commands for an engine that is copied and one that is not: they must not notice. */
class Pair {
  readonly scene = new Scene()
  private readonly undisturbed = new Scene()
  private readonly chance: Seed
  private readonly steps: Iterator<Step>

  constructor(seed: number) {
    this.chance = new Seed(seed)
    this.steps = generated(seed, 6000).values()
  }

  play(step: Step): void {
    assert.deepEqual(step.play(this.scene), step.play(this.undisturbed), step.what)
  }

  prepare(): void {
    for (let i = 0; i < 60; i++) this.play(this.steps.next().value as Step)
    for (let i = 0; i < 10; i++) this.play(crowd(this.chance))
  }

  /** Copies everything, with commands in between. */
  copyAll(): Snapshot {
    const snapshot = new Snapshot(this.scene)
    while (snapshot.step()) {
      if (this.chance.chance(0.8)) continue
      this.play(this.chance.chance(0.3) ? crowd(this.chance) : (this.steps.next().value as Step))
    }
    return snapshot
  }
}

test('a copy taken in slices while commands run is what was there when it began', () => {
  let remembered = 0
  for (const seed of [1, 2, 3, 4]) {
    const pair = new Pair(seed)
    for (let round = 0; round < 12; round++) {
      pair.prepare()
      const expected = allOf(pair.scene)
      const snapshot = pair.copyAll()
      assert.deepEqual(snapshot.copied, expected, `seed ${seed}, round ${round}`)
      remembered = Math.max(remembered, snapshot.remembered)
    }
  }
  assert.ok(remembered > 50, 'commands met the walk')
})
