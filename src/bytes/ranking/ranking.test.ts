// ranking.test.ts: the ranking against a sorted array, through growth, shrinking and clones.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { Ledger } from '../memory/ledger.ts'
import { Span } from '../memory/span.ts'
import { Ranking } from './ranking.ts'

const encoder = new TextEncoder()

type Member = { readonly name: Uint8Array; readonly score: number; readonly ref: number }

/** Names by ref, for which a table stands in the sorted set. */
class Register {
  readonly names: Uint8Array[] = []

  key(ref: number, into: Span): Span {
    const name = this.names[ref]!
    return into.set(name, 0, name.length)
  }

  add(name: Uint8Array): number {
    return this.names.push(name) - 1
  }
}

/** A ranking and its naive twin. */
class Ranked {
  readonly register: Register
  readonly ranking: Ranking
  twin: Member[]

  constructor(ledger: Ledger, from?: Ranked) {
    this.register = from?.register ?? new Register()
    this.ranking = from?.ranking.clone(this.register) ?? new Ranking(this.register, ledger)
    this.twin = from?.twin.slice() ?? []
  }

  add(score: number, name: Uint8Array): void {
    const ref = this.register.add(name)
    const place = this.placeOf(score, name)
    if (this.twin[place] !== undefined && order(this.twin[place], { score, name }) === 0) return
    this.ranking.insert(score, ref)
    this.twin.splice(place, 0, { name, score, ref })
  }

  remove(place: number): void {
    const { score, ref } = this.twin[place]!
    this.ranking.remove(score, ref)
    this.twin.splice(place, 1)
  }

  removeAt(place: number, most = 1): void {
    this.ranking.seek(place)
    const count = this.ranking.walk.copyRefs(new Int32Array(most), false)
    this.ranking.removeAt(place, count)
    this.twin.splice(place, count)
  }

  move(place: number, to: number): void {
    const { score, ref, name } = this.twin[place]!
    const target = this.twin[this.placeOf(to, name)]
    if (target !== undefined && order(target, { score: to, name }) === 0) return
    this.ranking.move(score, to, ref)
    this.twin.splice(place, 1)
    this.twin.splice(this.placeOf(to, name), 0, { name, score: to, ref })
  }

  /** Gives a member another ref. */
  replace(place: number): void {
    const { score, name, ref } = this.twin[place]!
    const to = this.register.add(name)
    this.ranking.replace(score, ref, to)
    this.twin[place] = { score, name, ref: to }
  }

  /** Asks for everything about one place, and walks from there both ways. */
  look(place: number): void {
    const { ranking, twin } = this
    const { score, ref } = twin[place]!
    assert.equal(ranking.rankOf(score, ref), place)
    const first = twin.findIndex((member) => member.score >= score)
    const behind = twin.findIndex((member) => member.score > score)
    assert.equal(ranking.countBelow(score, false), first)
    assert.equal(ranking.countBelow(score, true), behind < 0 ? twin.length : behind)
    assert.equal(ranking.seekScore(score, true), behind >= 0)
    this.stand(behind < 0 ? twin.length - 1 : behind)
    assert.equal(ranking.seekScore(score, false), true)
    this.stand(first)
    this.count(first, score)
    ranking.seek(place)
    for (let i = place; i < Math.min(place + 300, twin.length); i++, ranking.walk.next()) {
      this.stand(i)
    }
    ranking.seek(place)
    for (let i = place; i >= Math.max(place - 300, 0); i--, ranking.walk.previous()) this.stand(i)
  }

  /** Counts from a place up and down to scores near it. */
  private count(place: number, score: number): void {
    const { twin } = this
    const { walk } = this.ranking
    const near = twin[Math.min(place + 200, twin.length - 1)]!.score
    const up = twin.slice(place).filter((member) => member.score <= near).length
    const open = twin.slice(place).filter((member) => member.score < near).length
    assert.equal(walk.countTo(near, false, false, Infinity), up)
    assert.equal(walk.countTo(near, true, false, Infinity), open)
    assert.equal(walk.countTo(near, false, false, 5), Math.min(5, up))
    const down = twin.slice(0, place + 1).filter((member) => member.score >= score).length
    assert.equal(walk.countTo(score, false, true, Infinity), down)
    this.stand(place)
  }

  check(): void {
    this.ranking.verify()
    assert.equal(this.ranking.count, this.twin.length)
    if (this.twin.length > 0) this.ranking.seek(0)
    for (let i = 0; i < this.twin.length; i++, this.ranking.walk.next()) this.stand(i)
  }

  private stand(place: number): void {
    assert.equal(this.ranking.walk.ref, this.twin[place]!.ref)
    assert.ok(Object.is(this.ranking.walk.score, this.twin[place]!.score))
  }

  private placeOf(score: number, name: Uint8Array): number {
    let low = 0
    let high = this.twin.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (order(this.twin[middle]!, { score, name }) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function order(a: Pick<Member, 'score' | 'name'>, b: Pick<Member, 'score' | 'name'>): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1
  return Buffer.compare(a.name, b.name)
}

const special = [Infinity, -Infinity, 0, -0, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE]

/** How scores may lie. */
const scores: Record<string, (random: Random, step: number) => number> = {
  'scattered scores': (random) => (random.fraction() - 0.5) * 1e9,
  'a few scores': (random) => special[random.below(special.length)]!,
  'one score': () => 7,
  'rising scores': (_, step) => step,
  'falling scores': (_, step) => -step,
  'scores that rise in places': (random, step) => random.below(5) * 1e6 + step,
}

const names = Array.from({ length: 6000 }, (_, i) => {
  // Some are a prefix of others, one is empty, and the bytes go up to 255.
  const name = encoder.encode(i.toString(5).slice(1))
  return i % 7 === 0 ? Uint8Array.of(...name, 255 - (i % 5)) : name
})

function nameOf(random: Random): Uint8Array {
  return names[random.below(names.length)]!
}

function change(ranked: Ranked, random: Random, score: number, growing: boolean): void {
  const dice = random.fraction()
  const { length } = ranked.twin
  if (length === 0 || dice < (growing ? 0.7 : 0.2)) ranked.add(score, nameOf(random))
  else if (dice < 0.78) ranked.remove(random.below(length))
  else if (dice < 0.86) ranked.removeAt(random.below(length), 1 + random.below(3))
  else if (dice < 0.94) ranked.move(random.below(length), score)
  else ranked.replace(random.below(length))
}

describe('a ranking', () => {
  for (const [kind, scoreOf] of Object.entries(scores)) {
    it(`is a sorted array through 200,000 random changes with ${kind}`, () => {
      const random = new Random(kind.length)
      const ledger = new Ledger()
      const ranked = new Ranked(ledger)
      for (let step = 0; step < 200_000; step++) {
        const growing = Math.floor(step / 8000) % 2 === 0
        change(ranked, random, scoreOf(random, step), growing)
        if (step % 199 === 0 && ranked.twin.length > 0) {
          ranked.look(random.below(ranked.twin.length))
        }
        if (step % 7919 === 0) ranked.check()
      }
      ranked.check()
      assert.equal(ledger.bytes, ranked.ranking.memory)
      while (ranked.twin.length > 0) ranked.removeAt(ranked.twin.length >>> 1, 100)
      ranked.check()
      assert.ok(ranked.ranking.memory < 70_000)
      ranked.ranking.dispose()
      assert.equal(ledger.bytes, 0)
    })
  }

  it('counts names where all scores are the same', () => {
    const random = new Random(5)
    const ranked = new Ranked(new Ledger())
    for (let i = 0; i < 20_000; i++) ranked.add(0, nameOf(random))
    const names = ranked.twin.map(({ name }) => Buffer.from(name))
    for (let i = 0; i < 2000; i++) {
      const name = nameOf(random)
      const below = names.filter((one) => Buffer.compare(one, name) < 0).length
      const upTo = names.filter((one) => Buffer.compare(one, name) <= 0).length
      assert.equal(ranked.ranking.countBelowName(new Span(name), false), below)
      assert.equal(ranked.ranking.countBelowName(new Span(name), true), upTo)
    }
  })

  it('leaves a clone as it was, whichever of the two changes', () => {
    const random = new Random(3)
    const ledger = new Ledger()
    const all = [new Ranked(ledger)]
    for (let i = 0; i < 30_000; i++) all[0]!.add(random.below(1000), nameOf(random))
    for (let round = 0; round < 6; round++) {
      const from = all[random.below(all.length)]!
      all.push(new Ranked(ledger, from))
      for (const ranked of all) {
        for (let i = 0; i < 500; i++) change(ranked, random, random.below(1000), round < 3)
      }
      for (const ranked of all) ranked.check()
    }
    for (const ranked of all) ranked.ranking.dispose()
    assert.equal(ledger.bytes, 0)
  })

  it('takes 12 bytes a member in order, 19 at random, and gives back what it need not', () => {
    const random = new Random(9)
    const rising = new Ranked(new Ledger())
    const register = rising.register
    const name = encoder.encode('m')
    for (let i = 0; i < 200_000; i++) rising.ranking.insert(i, register.add(name))
    assert.ok(rising.ranking.memory < 200_000 * 13, `rising: ${rising.ranking.memory}`)
    const falling = new Ranking(register, new Ledger())
    for (let i = 0; i < 200_000; i++) falling.insert(-i, i)
    assert.ok(falling.memory < 200_000 * 13, `falling: ${falling.memory}`)
    const shuffled = new Ranking(register, new Ledger())
    const places = Float64Array.from({ length: 200_000 }, () => random.fraction())
    for (const [ref, score] of places.entries()) shuffled.insert(score, ref)
    assert.ok(shuffled.memory < 200_000 * 20, `shuffled: ${shuffled.memory}`)
    for (const [ref, score] of places.subarray(0, 190_000).entries()) shuffled.remove(score, ref)
    shuffled.verify()
    assert.ok(shuffled.memory < 10_000 * 60, `left: ${shuffled.memory}`)
  })
})
