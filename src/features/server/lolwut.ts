// lolwut.ts: LOLWUT: a slice through a tourmaline, the gem whose red kind is called rubellite.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { Random } from '../../engine/contract/random.ts'
import { REDIS_VERSION, VERSION } from '../../engine/contract/version.ts'

const SHADES = '.:-=+*o#%@'
const WIDTH = 48
const WIDTH_MAX = 1000
/** The art of these versions takes numbers, of which the first is the width in characters. */
const NUMBERS_OF_VERSION = new Map([
  [5, 3],
  [6, 2],
])
const VERSION_OF_TODAY = 8

export const lolwut = defineCommand({
  name: 'LOLWUT',
  group: 'server',
  since: '5.0.0',
  summary: 'Draws something and tells the version.',
  syntax: '[VERSION version:int]',
  flags: ['readonly', 'fast'],
  run({ engine }, args, reply) {
    const named = args.count > 2 && args.is(1, 'VERSION')
    const version = named ? args.int(2) : VERSION_OF_TODAY
    const width = readWidth(args, named ? 3 : 1, version)
    const hasArt = version === VERSION_OF_TODAY || NUMBERS_OF_VERSION.has(version)
    const art = hasArt ? `${tourmaline(engine.random, width)}\n` : ''
    reply.verbatim('txt', `${art}Rubellite ver. ${VERSION}\nRedis ver. ${REDIS_VERSION}\n`)
  },
})

/** @throws errors.notInteger */
function readWidth(args: Args, first: number, version: number): number {
  const numbers = NUMBERS_OF_VERSION.get(version) ?? 0
  const end = Math.min(args.count, first + numbers)
  for (let i = first; i < end; i++) args.int(i)
  return first < end ? Math.min(WIDTH_MAX, Math.max(1, args.int(first))) : WIDTH
}

/**
 * Draws the rings in which the crystal grew, each in a shade of its own. Its outline is a triangle
 * with bulging sides, as tourmaline has it.
 */
function tourmaline(random: Random, width: number): string {
  const rings = 3 + random.below(7)
  const shades = Array.from({ length: rings + 1 }, () => SHADES[random.below(SHADES.length)])
  const bulge = 0.1 + random.fraction() * 0.2
  const turn = random.fraction() * Math.PI
  // A character is about twice as high as it is wide.
  const height = Math.ceil(width / 2)
  let art = ''
  for (let row = 0; row < height; row++) {
    let line = ''
    for (let column = 0; column < width; column++) {
      const x = ((column + 0.5) / width) * 2 - 1
      const y = ((row + 0.5) / height) * 2 - 1
      const corner = bulge * Math.cos(3 * Math.atan2(y, x) + turn)
      const depth = Math.hypot(x, y) / (1 - bulge + corner)
      line += depth < 1 ? shades[Math.floor(depth * rings)] : ' '
    }
    art += `${line.trimEnd()}\n`
  }
  return art
}
