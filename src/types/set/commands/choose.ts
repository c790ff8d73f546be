// choose.ts: members of a set chosen at random, each with the same chance.

import type { ScratchVector } from '../../../bytes/memory/scratch-vector.ts'
import type { Random } from '../../../engine/contract/random.ts'
import type { Members } from '../members.ts'

/** So many times larger must a set be for picks one by one, of which some repeat another. */
const PICKS_MIN = 3

/** Chooses `count` different members and puts their places into `places`, in their order. */
export function chooseInOrder(
  members: Members,
  count: number,
  random: Random,
  places: ScratchVector,
): void {
  places.clear()
  let left = members.count
  let wanted = count
  for (let place = members.first(); wanted > 0; place = members.after(place), left--) {
    if (random.below(left) >= wanted) continue
    places.push(place)
    wanted--
  }
}

/** Chooses `count` different members, fewer than there are, without walking through a large set. */
export function chooseDifferent(
  members: Members,
  count: number,
  random: Random,
  places: ScratchVector,
): void {
  if (count * PICKS_MIN > members.count) {
    chooseInOrder(members, count, random, places)
    return
  }
  const seen = new Set<number>()
  while (seen.size < count) seen.add(members.anyPlace(random))
  places.clear()
  for (const place of seen) places.push(place)
}

/** Puts the places of all members into `places`. */
export function allPlaces(members: Members, places: ScratchVector): void {
  places.clear()
  for (let place = members.first(); place !== 0; place = members.after(place)) places.push(place)
}
