// scratch-vector.ts: refs or places that a command has found, in memory that is used again for the
// next one: an array that grows anew for each command costs more than finding what it holds.

const FIRST = 64
/** More is not kept for the next command. */
const KEPT = 1 << 17

export class ScratchVector {
  count = 0
  private refs = new Int32Array(FIRST)

  /** The ref with that number, from 0. */
  at(index: number): number {
    return this.refs[index]
  }

  push(ref: number): void {
    if (this.count === this.refs.length) this.grow()
    this.refs[this.count++] = ref
  }

  /** Forgets all. */
  clear(): void {
    this.count = 0
    if (this.refs.length > KEPT) this.refs = new Int32Array(FIRST)
  }

  private grow(): void {
    const larger = new Int32Array(this.refs.length * 2)
    larger.set(this.refs)
    this.refs = larger
  }
}
