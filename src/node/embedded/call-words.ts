// call-words.ts: JavaScript arguments as the words of a request, without a protocol between: they
// are written one after the other into a buffer that serves all calls.

import { TextEncoder, types } from 'node:util'
import { writeInteger } from '../../bytes/numbers/numbers.ts'
import { utf8Room, writeUtf8 } from '../../bytes/text/utf8.ts'
import { Words } from '../../bytes/wire/request.ts'

/** An argument: text is passed as UTF-8, a number as JavaScript prints it. */
export type Argument = string | Uint8Array | number | bigint

const SIZE = 4096
/** A buffer that one long argument made this large is not kept, in bytes. */
const KEPT_MAX = 1 << 20
/** From this length on the platform's encoder is faster than a loop, in characters. */
const LONG = 64
const NUMBER_ROOM = 24
const encoder = new TextEncoder()

export class CallWords {
  readonly words = new Words()
  private buffer = new Uint8Array(SIZE)

  /**
   * Writes the arguments of a command; they are true until the next call.
   * @throws TypeError when one is neither text, bytes nor a number, or there is none
   */
  write(args: readonly Argument[]): Words {
    const { words } = this
    words.clear()
    if (this.buffer.length > KEPT_MAX) this.buffer = new Uint8Array(SIZE)
    let at = 0
    for (let i = 0; i < args.length; i++) {
      const argument = args[i]!
      const start = at
      if (typeof argument === 'string') {
        this.reserve(at, utf8Room(argument))
        at = argument.length < LONG ? writeUtf8(this.buffer, at, argument) : this.long(at, argument)
      } else at = this.other(at, argument, i)
      words.add(start, at)
    }
    if (words.count === 0) throw new TypeError('a call needs the name of a command')
    words.bytes = this.buffer
    return words
  }

  private other(at: number, argument: Exclude<Argument, string>, index: number): number {
    // Asked so that bytes of another realm (jest, node:vm) are bytes too.
    if (types.isUint8Array(argument)) {
      this.reserve(at, argument.length)
      this.buffer.set(argument, at)
      return at + argument.length
    }
    this.reserve(at, NUMBER_ROOM)
    if (Number.isSafeInteger(argument)) return writeInteger(this.buffer, at, argument as number)
    if (typeof argument !== 'number' && typeof argument !== 'bigint') {
      throw new TypeError(
        `argument ${index} is ${argument === null ? 'null' : typeof argument}: ` +
          'write strings, bytes and numbers',
      )
    }
    const text = String(argument)
    this.reserve(at, text.length)
    return writeUtf8(this.buffer, at, text)
  }

  private long(at: number, text: string): number {
    return at + encoder.encodeInto(text, this.buffer.subarray(at)).written
  }

  private reserve(at: number, size: number): void {
    if (at + size <= this.buffer.length) return
    const buffer = new Uint8Array(Math.max(this.buffer.length * 2, at + size))
    buffer.set(this.buffer.subarray(0, at))
    this.buffer = buffer
  }
}
