// shape.ts: the circle or box that is searched.
//
// Most candidates are clearly inside or clearly outside: they are told by rough sines and cosines.
// What lies so near the border that rounding decides is measured as the reference measures it.

import { Place } from './cell.ts'
import {
  distanceBetween,
  EVERYWHERE,
  haversineOf,
  meridianDistance,
  radians,
  roughHaversine,
} from './earth.ts'

/** The part of a measure that rounding may be wrong by, and far more. */
const MARGIN = 1e-12

export class Shape {
  readonly center = new Place()
  isBox = false
  /** Metres in the unit of the lengths. */
  unit = 1
  radius = 0
  width = 0
  height = 0
  // What is worked out once for all candidates.
  private east = 0
  private north = 0
  private centerCosine = 1
  private limit = 0
  private border = 0

  /** Metres from the center to the corner, or to the border of a circle. */
  get reach(): number {
    if (!this.isBox) return this.radius * this.unit
    const { width, height } = this
    return Math.sqrt((width / 2) * (width / 2) + (height / 2) * (height / 2)) * this.unit
  }

  /** Gets ready for `contains`: the shape stays as it is from now on. */
  prepare(): void {
    this.east = radians(this.center.longitude)
    this.north = radians(this.center.latitude)
    this.centerCosine = Math.cos(this.north)
    this.limit = this.isBox ? (this.width * this.unit) / 2 : this.radius * this.unit
    this.border = haversineOf(this.limit)
  }

  contains(place: Place): boolean {
    return this.isBox ? this.boxContains(place) : this.circleContains(place)
  }

  /** Metres from the center to a place. */
  distance({ longitude, latitude }: Place): number {
    return distanceBetween(this.center.longitude, this.center.latitude, longitude, latitude)
  }

  /** How far away a place is, roughly: a number that grows with the distance. */
  measure({ longitude, latitude }: Place): number {
    const north = radians(latitude)
    const cosines = this.centerCosine * Math.cos(north)
    return roughHaversine(radians(longitude) - this.east, this.north, north, cosines)
  }

  private circleContains(place: Place): boolean {
    if (this.border === EVERYWHERE) return true
    const measure = this.measure(place)
    if (isClearly(measure, this.border)) return measure < this.border
    // Opposite places may have no distance at all, and then none that is too large.
    return !(this.distance(place) > this.limit)
  }

  private boxContains({ longitude, latitude }: Place): boolean {
    const { center } = this
    const metres = meridianDistance(latitude, center.latitude)
    if (metres > (this.height * this.unit) / 2) return false
    if (this.border === EVERYWHERE) return true
    const cosine = Math.cos(radians(latitude))
    const measure = roughHaversine(radians(longitude) - this.east, 0, 0, cosine * cosine)
    if (isClearly(measure, this.border)) return measure < this.border
    return !(distanceBetween(longitude, latitude, center.longitude, latitude) > this.limit)
  }
}

/** Whether rounding cannot be the reason why one measure is larger than the other. */
export function isClearly(one: number, other: number): boolean {
  const larger = one > other ? one : other
  // Of places on opposite sides of the globe the distance hardly depends on the measure.
  return Math.abs(one - other) > larger * MARGIN && larger < 1 - MARGIN
}
