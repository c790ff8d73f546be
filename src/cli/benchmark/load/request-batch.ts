// request-batch.ts: the bytes of a pipeline of requests, built once and sent again and again.
//
// Only the random numbers in the keys change between two sends; they are patched in place. Each
// stands where `__rand_int__` stood and has its width, twelve digits, so no length changes.
import { encodeCommand } from '../../../node/net/link.ts'
import type { Random } from './random.ts'

/** What one request says: arguments, or a line of an inline command. */
export type RequestTemplate = readonly string[] | { inline: string }

const PLACEHOLDER = '__rand_int__'
const DIGITS = PLACEHOLDER.length
const ZERO = 48

export class RequestBatch {
  /** The requests one behind the other. */
  readonly bytes: Buffer
  /** Where the random numbers begin, in order; empty when keys stay as they are. */
  readonly #slots: Int32Array
  /** Digits that change; those before them stay zero. */
  readonly #width: number

  /**
   * @param count requests in the batch.
   * @param keyspace numbers to choose from; 0 leaves `__rand_int__` in the keys as it is.
   */
  constructor(template: RequestTemplate, count: number, keyspace: number) {
    const one = Buffer.from(encodeTemplate(template))
    this.bytes = Buffer.concat(new Array<Buffer>(count).fill(one))
    this.#slots = Int32Array.from(keyspace === 0 ? [] : slotsOf(this.bytes))
    this.#width = Math.min(DIGITS, String(keyspace).length + 1)
    for (const slot of this.#slots) this.bytes.fill(ZERO, slot, slot + DIGITS)
  }

  /** Gives each placeholder a random number below `keyspace`. */
  randomize(random: Random, keyspace: number): void {
    for (let index = 0; index < this.#slots.length; index++) {
      this.#write(this.#slots[index]!, random.below(keyspace))
    }
  }

  /** Gives the placeholders consecutive numbers; returns the number behind the last one. */
  enumerate(first: number): number {
    for (let index = 0; index < this.#slots.length; index++) {
      this.#write(this.#slots[index]!, first + index)
    }
    return first + this.#slots.length
  }

  // Numbers are below 2^31, so the division can be an integer's; a pipeline of MSETs writes
  // hundreds of them, which is most of what the generator does.
  #write(slot: number, value: number): void {
    const bytes = this.bytes
    const first = slot + DIGITS - this.#width
    let rest = value
    for (let at = slot + DIGITS - 1; at >= first; at--) {
      const quotient = (rest / 10) | 0
      bytes[at] = ZERO + rest - quotient * 10
      rest = quotient
    }
  }
}

function slotsOf(bytes: Buffer): number[] {
  const slots: number[] = []
  let at = bytes.indexOf(PLACEHOLDER)
  for (; at >= 0; at = bytes.indexOf(PLACEHOLDER, at + DIGITS)) slots.push(at)
  return slots
}

function encodeTemplate(template: RequestTemplate): Uint8Array {
  return 'inline' in template ? Buffer.from(`${template.inline}\r\n`) : encodeCommand(template)
}
