// earth.ts: distances on the globe in metres, by the haversine formula on a sphere of the radius
// that the reference takes.

import { arcsine, cosine, sine } from './trigonometry.ts'

export const EARTH_RADIUS = 6372797.560856
const DEGREE = Math.PI / 180

export function radians(degrees: number): number {
  return degrees * DEGREE
}

export function degrees(angle: number): number {
  return angle / DEGREE
}

/** The distance along a meridian. */
export function meridianDistance(latitude1: number, latitude2: number): number {
  return EARTH_RADIUS * Math.abs(radians(latitude2) - radians(latitude1))
}

/** The distance of two places, to the last bit of the reference's in nearly all cases. */
export function distanceBetween(
  longitude1: number,
  latitude1: number,
  longitude2: number,
  latitude2: number,
): number {
  const v = sine((radians(longitude2) - radians(longitude1)) / 2)
  if (v === 0) return meridianDistance(latitude1, latitude2)
  const north1 = radians(latitude1)
  const north2 = radians(latitude2)
  const u = sine((north2 - north1) / 2)
  const haversine = u * u + cosine(north1) * cosine(north2) * v * v
  return 2 * EARTH_RADIUS * arcsine(Math.sqrt(haversine))
}

/** The haversine of the angle between two places, roughly: a measure that grows with distance. */
export function roughHaversine(
  east: number,
  north1: number,
  north2: number,
  cosines: number,
): number {
  const v = Math.sin(east / 2)
  const u = Math.sin((north2 - north1) / 2)
  return u * u + cosines * v * v
}

/** More than the measure of any place. */
export const EVERYWHERE = 2

/** The same measure of a distance; EVERYWHERE of one that goes around half of the globe. */
export function haversineOf(metres: number): number {
  const angle = metres / EARTH_RADIUS
  if (!(angle < Math.PI)) return EVERYWHERE
  return Math.sin(angle / 2) ** 2
}
