// difference.ts: SDIFF and SDIFFSTORE.
//
// Either each member of the first set is looked for in the others, or all members of the others are
// removed from a copy of the first: whichever asks for fewer steps. A stored result shows in its
// encoding which of the two it was, so the choice is the reference's.

import { ScratchVector } from '../../../bytes/memory/scratch-vector.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { Members } from '../members.ts'
import { INTSET, TABLE } from '../room.ts'
import { build, built } from '../store.ts'
import { replyPlaces } from './reply.ts'
import { replyResult, storeResult } from './result.ts'
import { Sources } from './sources.ts'

const sources = new Sources()
const found = new ScratchVector()

const sdiff = defineCommand({
  name: 'SDIFF',
  group: 'set',
  since: '1.0.0',
  summary: 'Lists the members of the first set that the others do not have.',
  complexity: 'O(N) for N members in all sets',
  syntax: 'key+',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run(ctx, args, reply) {
    sources.read(ctx, args, 1, args.count - 1)
    const first = sources.sets[0]!
    if (first === null || sources.repeatsFirst) {
      reply.set(0)
    } else if (looksUp(first)) {
      collect(first)
      reply.set(found.count)
      replyPlaces(reply, first, found)
      found.clear()
    } else {
      subtract(ctx, sources.areIntegers ? INTSET : TABLE)
      replyResult(reply)
    }
  },
})

const sdiffstore = defineCommand({
  name: 'SDIFFSTORE',
  group: 'set',
  since: '1.0.0',
  summary: 'Stores the members of the first set that the others do not have.',
  complexity: 'O(N) for N members in all sets',
  syntax: 'destination:key key+',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    sources.read(ctx, args, 2, args.count - 1)
    const first = sources.sets[0]!
    if (first === null || sources.repeatsFirst) build(ctx.db.parts, INTSET)
    else if (looksUp(first)) {
      collect(first)
      build(ctx.db.parts, INTSET)
      for (let i = 0; i < found.count; i++) built.addThatOf(first, found.at(i))
      found.clear()
    } else subtract(ctx, INTSET)
    storeResult(ctx, reply, args.key(1), 'sdiffstore')
  },
})

/** Whether looking each member up is the shorter way; it has half the price. */
function looksUp(first: Members): boolean {
  let members = 0
  let lookups = 0
  for (const set of sources.sets) {
    if (set === null) continue
    lookups += first.count
    members += set.count
  }
  return Math.floor(lookups / 2) <= members
}

/** Puts the places of members that the other sets do not have into `found`. */
function collect(first: Members): void {
  found.clear()
  for (let place = first.first(); place !== 0; place = first.after(place)) {
    if (!othersHave(first, place)) found.push(place)
  }
}

function othersHave(first: Members, place: number): boolean {
  const { sets } = sources
  for (let i = 1; i < sets.length; i++) {
    const set = sets[i]!
    if (set?.hasThatOf(first, place)) return true
  }
  return false
}

/** Builds the difference, beginning with that form, by removing from a copy of the first set. */
function subtract(ctx: Context, form: number): void {
  build(ctx.db.parts, form)
  const first = sources.sets[0]!
  for (let place = first.first(); place !== 0; place = first.after(place)) {
    built.addThatOf(first, place)
  }
  for (let i = 1; i < sources.sets.length && built.count > 0; i++) {
    const set = sources.sets[i]!
    if (set === null) continue
    for (let place = set.first(); place !== 0; place = set.after(place)) {
      built.remove(set.member(place))
    }
  }
}

export const differenceCommands = [sdiff, sdiffstore]
