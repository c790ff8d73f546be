// arguments.ts: what the commands read from their arguments: places, lengths and their units.

import { parseDouble } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import type { CommandError } from '../../../engine/contract/errors.ts'
import { LATITUDE_MAX, LONGITUDE_MAX, type Place } from '../cell.ts'
import { errors } from '../errors.ts'
import { fixedText } from '../fixed-text.ts'
import type { Shape } from '../shape.ts'

/**
 * Reads longitude and latitude from argument `i` on.
 * @throws errors.notFloat, errors.geoPlace
 */
export function readPlace(args: Args, i: number, into: Place): void {
  const longitude = readNumber(args, i, errors.notFloat)
  const latitude = readNumber(args, i + 1, errors.notFloat)
  if (Math.abs(longitude) > LONGITUDE_MAX || Math.abs(latitude) > LATITUDE_MAX) {
    throw errors.geoPlace(fixedText(longitude), fixedText(latitude))
  }
  into.longitude = longitude
  into.latitude = latitude
}

/**
 * Reads radius and unit from argument `i` on.
 * @throws errors.geoRadius, errors.geoRadiusNegative, errors.geoUnit
 */
export function readCircle(args: Args, i: number, into: Shape): void {
  const radius = readNumber(args, i, errors.geoRadius)
  if (radius < 0) throw errors.geoRadiusNegative
  into.unit = readUnit(args, i + 1)
  into.radius = radius
  into.isBox = false
}

/**
 * Reads width, height and unit from argument `i` on.
 * @throws errors.geoWidth, errors.geoHeight, errors.geoBoxNegative, errors.geoUnit
 */
export function readBox(args: Args, i: number, into: Shape): void {
  const width = readNumber(args, i, errors.geoWidth)
  const height = readNumber(args, i + 1, errors.geoHeight)
  if (width < 0 || height < 0) throw errors.geoBoxNegative
  into.unit = readUnit(args, i + 2)
  into.width = width
  into.height = height
  into.isBox = true
}

/**
 * Metres in the unit that argument `i` names.
 * @throws errors.geoUnit
 */
export function readUnit(args: Args, i: number): number {
  if (args.is(i, 'M')) return 1
  if (args.is(i, 'KM')) return 1000
  if (args.is(i, 'FT')) return 0.3048
  if (args.is(i, 'MI')) return 1609.34
  throw errors.geoUnit
}

function readNumber(args: Args, i: number, fault: CommandError): number {
  const { bytes, start, end } = args.at(i)
  const n = parseDouble(bytes, start, end)
  if (Number.isNaN(n)) throw fault
  return n
}
