// changes.test.ts: nothing changes in the key space but what `changes` says: to listeners when it
// has happened, to the write barrier before.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '#src/bytes/memory/span.js'
import { WRITE } from '#src/engine/command/flags.js'
import type { Change } from '#src/engine/dispatch/changes.js'
import {
  ADJUSTED,
  CREATED,
  EVERYTHING,
  FLUSHED,
  LOADED,
  REMOVED,
  REPLACED,
  SWAPPED,
  WRITTEN,
} from '#src/engine/keyspace/interest.js'
import type { Database } from '#src/engine/keyspace/keyspace.js'
import { digestOf, dumpOf, nameOf } from './facts.ts'
import { Scene } from './scene.ts'
import { generated, type Step, transcripts } from './scripts.ts'

/** Commands without the flag WRITE that change what they have announced, if only to the same. */
const rewriting = /^(SORT_RO|DEBUG)$/i

/** Knows the keys of an engine from what it is told. */
class Twin {
  readonly keys = new Map<Database, Set<string>>()
  private readonly scene: Scene

  constructor(scene: Scene) {
    this.scene = scene
    scene.engine.changes.listen((change) => this.hear(change), EVERYTHING)
  }

  /** Whether it knows the right keys. */
  check(): void {
    const span = new Span()
    for (const db of this.scene.engine.databases) {
      const keys = this.keysOf(db)
      assert.equal(keys.size, db.size, `keys of database ${db.id}`)
      db.dict.each((ref) => assert.ok(keys.has(nameOf(db.key(ref, span)))))
    }
  }

  private keysOf(db: Database): Set<string> {
    const keys = this.keys.get(db) ?? new Set()
    this.keys.set(db, keys)
    return keys
  }

  private hear({ kind, db, key, count, other }: Change): void {
    const keys = this.keysOf(db)
    const name = nameOf(key)
    const isKnown = keys.has(name)
    if (kind === CREATED || kind === LOADED) {
      assert.ok(!isKnown, `${name} is no new key`)
      keys.add(name)
    } else if (kind === FLUSHED) {
      assert.equal(count, keys.size)
      this.keys.delete(db)
    } else if (kind === SWAPPED) assert.notEqual(db, other)
    else {
      assert.ok((WRITTEN | ADJUSTED | REPLACED | REMOVED) & kind && isKnown, `${name} is no key`)
      if (kind === REMOVED) keys.delete(name)
    }
  }
}

/** What there is to know of an entry: what DUMP, and what DEBUG DIGEST, take of it. */
type Facts = { readonly dump: string; readonly digest: string }

/** Sees what is about to change, and compares with what changes. */
class Witness {
  private readonly scene: Scene
  private readonly announced = new Set<string>()
  /** What reading commands announced. */
  private readonly byReaders = new Map<string, string>()
  private readonly said = new Set<string>()
  private readonly numbers = new Map<Database, number>()
  private before = new Map<string, Facts>()

  constructor(scene: Scene) {
    this.scene = scene
    const { changes, context } = scene.engine
    changes.guardWith({
      beforeChange: (db, _ref, key) => {
        const place = this.placeOf(db, key)
        this.announced.add(place)
        const { command } = context
        if ((command.flags & WRITE) === 0) this.byReaders.set(place, command.fullName)
      },
      beforeFlush: (db) => {
        for (const place of this.placesOf(db)) this.announced.add(place)
      },
    })
    changes.listen(({ db, key, kind }) => {
      if (kind === FLUSHED) for (const place of this.placesOf(db)) this.said.add(place)
      else this.said.add(this.placeOf(db, key))
    }, EVERYTHING)
  }

  /** Compares what is there with what was there the last time. */
  check(): void {
    const after = this.look()
    for (const [place, old] of this.before) {
      const now = after.get(place)
      const [isSame, isEqual] = [now?.dump === old.dump, now?.digest === old.digest]
      assert.ok(isSame || this.announced.has(place), `${place} changed unannounced`)
      assert.ok(isEqual || this.said.has(place), `${place} changed, and nobody said so`)
      const reader = isSame ? this.byReaders.get(place) : undefined
      assert.ok(reader === undefined || rewriting.test(reader), `${reader} announced ${place}`)
    }
    this.before = after
    this.announced.clear()
    this.byReaders.clear()
    this.said.clear()
  }

  private look(): Map<string, Facts> {
    const facts = new Map<string, Facts>()
    const key = new Span()
    for (const db of this.scene.engine.databases) {
      db.dict.each((ref) => {
        const place = this.placeOf(db, db.key(ref, key))
        facts.set(place, {
          dump: dumpOf(this.scene, db, ref),
          digest: digestOf(this.scene, db, ref),
        })
      })
    }
    return facts
  }

  private placesOf(db: Database): string[] {
    return [...this.before.keys()].filter((place) => place.startsWith(`${this.numberOf(db)}:`))
  }

  /** A database is known by the order in which it was met: SWAPDB changes its number. */
  private numberOf(db: Database): number {
    const number = this.numbers.get(db) ?? this.numbers.size
    this.numbers.set(db, number)
    return number
  }

  private placeOf(db: Database, key: Span): string {
    return `${this.numberOf(db)}:${nameOf(key)}`
  }
}

type Judge = { check(): void }

function playAll(steps: readonly Step[], judgeOf: (scene: Scene) => Judge): void {
  const scene = new Scene()
  const judge = judgeOf(scene)
  for (const step of steps) {
    try {
      step.play(scene)
      judge.check()
    } catch (error) {
      throw new Error(`after ${step.what}`, { cause: error })
    }
  }
}

test('who listens to changes knows all keys: transcripts', () => {
  for (const { steps } of transcripts()) playAll(steps, (scene) => new Twin(scene))
})

test('who listens to changes knows all keys: generated commands', () => {
  for (const seed of [1, 2, 3]) playAll(generated(seed, 4000), (scene) => new Twin(scene))
})

test('what changes was announced before and is said, and readers announce nothing else', () => {
  for (const seed of [4, 5]) playAll(generated(seed, 2000), (scene) => new Witness(scene))
})

test('the same goes for transcripts', () => {
  for (const { steps } of transcripts()) playAll(steps, (scene) => new Witness(scene))
})
