// cover.ts: the cells that are searched: the one the center is in and its eight neighbours, of a
// size that they cover the shape between them. Cells that the shape does not reach are left out.
//
// Members come cell by cell, and where nobody asks for an order, so they are sent: which cells
// there are, in which order, is what the reference says.

import { columnEdge, columnOf, interleave, rowEdge, rowOf, STEPS_MAX } from './cell.ts'
import { degrees, EARTH_RADIUS, radians } from './earth.ts'
import type { Shape } from './shape.ts'

/** The half of the equator in the Mercator projection, in metres. */
const MERCATOR_MAX = 20037726.37

// Rows and columns of the cells around the center: it, then N, S, E, W, NE, NW, SE, SW.
const CELLS = 9
const ROWS = [0, 1, -1, 0, 0, 1, 1, -1, -1]
const COLUMNS = [0, 0, 0, 1, -1, 1, -1, 1, -1]

export class Cover {
  /** How many ranges of scores there are. */
  count = 0
  /** The first score of each range. */
  readonly first = new Float64Array(CELLS)
  /** The score behind each range. */
  readonly end = new Float64Array(CELLS)
  // The shape's borders, in degrees.
  private west = 0
  private south = 0
  private east = 0
  private north = 0
  // The center's cell.
  private steps = 0
  private row = 0
  private column = 0

  /** Finds the cells that cover a shape. */
  fit(shape: Shape): void {
    const { longitude, latitude } = shape.center
    this.bound(shape)
    this.locate(longitude, latitude, stepsFor(shape.reach, latitude))
    // A center near the border of its cell may have a neighbour that ends too early.
    if (this.steps > 1 && !this.isWide()) this.locate(longitude, latitude, this.steps - 1)
    this.list()
  }

  /** The borders of the shape. Towards the poles a degree is shorter, so the wider edge counts. */
  private bound(shape: Shape): void {
    const { longitude, latitude } = shape.center
    const height = shape.unit * (shape.isBox ? shape.height / 2 : shape.radius)
    const width = shape.unit * (shape.isBox ? shape.width / 2 : shape.radius)
    const tall = degrees(height / EARTH_RADIUS)
    const edge = latitude < 0 ? latitude - tall : latitude + tall
    const wide = degrees(width / EARTH_RADIUS / Math.cos(radians(edge)))
    this.west = longitude - wide
    this.east = longitude + wide
    this.south = latitude - tall
    this.north = latitude + tall
  }

  private locate(longitude: number, latitude: number, steps: number): void {
    this.steps = steps
    this.row = rowOf(latitude, steps)
    this.column = columnOf(longitude, steps)
  }

  /** Whether the neighbours reach as far as the shape. */
  private isWide(): boolean {
    const { steps } = this
    return !(
      rowEdge(this.rowAt(1) + 1, steps) < this.north ||
      rowEdge(this.rowAt(-1), steps) > this.south ||
      columnEdge(this.columnAt(1) + 1, steps) < this.east ||
      columnEdge(this.columnAt(-1), steps) > this.west
    )
  }

  private list(): void {
    const { steps } = this
    const scale = 2 ** (2 * (STEPS_MAX - steps))
    this.count = 0
    let previous = 0
    for (let i = 0; i < CELLS; i++) {
      if (this.isOutside(ROWS[i]!, COLUMNS[i]!)) continue
      const row = this.rowAt(ROWS[i]!)
      const column = this.columnAt(COLUMNS[i]!)
      if (previous !== 0 && this.isSame(i, previous)) continue
      previous = i
      this.first[this.count] = interleave(row, column, 0) * scale
      this.end[this.count++] = interleave(row, column, 1) * scale
    }
  }

  /** Whether a neighbour lies on a side that the shape does not reach. */
  private isOutside(rows: number, columns: number): boolean {
    const { steps, row, column } = this
    if (steps < 2) return false
    if (rows < 0 && rowEdge(row, steps) < this.south) return true
    if (rows > 0 && rowEdge(row + 1, steps) > this.north) return true
    if (columns < 0 && columnEdge(column, steps) < this.west) return true
    return columns > 0 && columnEdge(column + 1, steps) > this.east
  }

  /** Whether two neighbours are one cell, which huge ones are: the globe is round. */
  private isSame(i: number, j: number): boolean {
    return (
      this.rowAt(ROWS[i]!) === this.rowAt(ROWS[j]!) &&
      this.columnAt(COLUMNS[i]!) === this.columnAt(COLUMNS[j]!)
    )
  }

  private rowAt(rows: number): number {
    return rows === 0 ? this.row : (this.row + rows) & (2 ** this.steps - 1)
  }

  private columnAt(columns: number): number {
    return columns === 0 ? this.column : (this.column + columns) & (2 ** this.steps - 1)
  }
}

/** How many cuts make cells of which nine cover a circle of that radius. */
function stepsFor(metres: number, latitude: number): number {
  if (metres === 0) return STEPS_MAX
  let steps = 1
  for (let reach = metres; reach < MERCATOR_MAX; reach *= 2) steps++
  steps -= 2
  // Columns are narrower towards the poles.
  if (Math.abs(latitude) > 66) steps--
  if (Math.abs(latitude) > 80) steps--
  return Math.max(1, Math.min(STEPS_MAX, steps))
}
