// board.js: a leaderboard: players in the order of their points. It knows nothing of Rubellite.

/** Bytes that a player takes beside the name, about. */
const PLAYER_BYTES = 96

/** @typedef {{ readonly name: string, points: number }} Player */

export class Board {
  /** The best first; players with equal points in the order of their names. */
  #order = /** @type {Player[]} */ ([])
  #players = /** @type {Map<string, Player>} */ (new Map())
  #nameLength = 0

  /** Number of players. */
  get size() {
    return this.#order.length
  }

  /** Bytes of memory, about. */
  get bytes() {
    return 64 + this.size * PLAYER_BYTES + this.#nameLength * 2
  }

  /**
   * Adds points to those of a player.
   * @param {string} name
   * @param {number} points
   * @returns {boolean} whether the player is new
   */
  add(name, points) {
    const before = this.#players.get(name)
    if (before !== undefined) this.#order.splice(this.#placeOf(before), 1)
    const player = before ?? { name, points: 0 }
    player.points += points
    this.#order.splice(this.#placeOf(player), 0, player)
    this.#players.set(name, player)
    if (before === undefined) this.#nameLength += name.length
    return before === undefined
  }

  /**
   * @param {string} name
   * @returns {boolean} whether the player was there
   */
  remove(name) {
    const player = this.#players.get(name)
    if (player === undefined) return false
    this.#order.splice(this.#placeOf(player), 1)
    this.#players.delete(name)
    this.#nameLength -= name.length
    return true
  }

  /**
   * Removes the last players until there are no more than `most`.
   * @param {number} most
   * @returns {number} how many went
   */
  trim(most) {
    const gone = this.#order.slice(most)
    for (const { name } of gone) this.remove(name)
    return gone.length
  }

  /**
   * The best players.
   * @param {number} count
   * @returns {readonly Player[]}
   */
  top(count) {
    return this.#order.slice(0, count)
  }

  /**
   * @param {string} name
   * @returns {{ rank: number, points: number } | undefined} the rank from 1 on
   */
  rank(name) {
    const player = this.#players.get(name)
    return player && { rank: this.#placeOf(player) + 1, points: player.points }
  }

  /** A board that is equal and shares nothing with this one. */
  copy() {
    const board = new Board()
    for (const { name, points } of this.#order) board.add(name, points)
    return board
  }

  /**
   * Where a player stands, or would: by halves.
   * @param {Player} player
   */
  #placeOf(player) {
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(this.#order[middle], player)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/**
 * @param {Player} a
 * @param {Player} b
 */
function isBefore(a, b) {
  return a.points === b.points ? a.name < b.name : a.points > b.points
}
