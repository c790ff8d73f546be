// words.ts: a command line cut into its words, by the quoting rules of redis-cli.
//
// Outside quotes only white space matters. "..." knows \n \r \t \b \a \xHH and takes any other
// escaped character as itself; '...' knows \' alone. A closing quote must end its word. Words are
// bytes, because "\xff" is one.

const QUOTE = 0x22
const APOSTROPHE = 0x27
const BACKSLASH = 0x5c
const LETTER_X = 0x78

const escapes: Record<string, number> = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, a: 0x07 }

/** Cuts a line into words; undefined when its quotes are not balanced. */
export function splitWords(line: Uint8Array): Buffer[] | undefined {
  const words: Buffer[] = []
  const reader = new WordReader(line)
  for (;;) {
    reader.skipSpace()
    if (reader.atEnd) return words
    const word = reader.word()
    if (word === undefined) return undefined
    words.push(word)
  }
}

/** The one word a quoted argument stands for; undefined when it is not exactly one. */
export function unquote(text: string): Buffer | undefined {
  const words = splitWords(Buffer.from(text))
  return words?.length === 1 ? words[0] : undefined
}

class WordReader {
  readonly #line: Uint8Array
  readonly #end: number
  #at = 0
  #word: number[] = []

  constructor(line: Uint8Array) {
    this.#line = line
    // The line is a C string to redis-cli, so it ends at a zero byte.
    const zero = line.indexOf(0)
    this.#end = zero < 0 ? line.length : zero
  }

  get atEnd(): boolean {
    return this.#at >= this.#end
  }

  skipSpace(): void {
    while (!this.atEnd && isSpace(this.#peek())) this.#at++
  }

  /** Reads up to the next white space outside quotes; undefined when a quote is wrong. */
  word(): Buffer | undefined {
    this.#word = []
    while (!this.atEnd) {
      const byte = this.#peek()
      // Vertical tab and form feed separate words, but do not end one: so it is there.
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) break
      this.#at++
      if (byte === QUOTE || byte === APOSTROPHE) return this.#quoted(byte)
      this.#word.push(byte)
    }
    return Buffer.from(this.#word)
  }

  #peek(ahead = 0): number {
    return this.#at + ahead < this.#end ? this.#line[this.#at + ahead]! : 0
  }

  /** Reads to the closing quote, which ends the word it stands in. */
  #quoted(quote: number): Buffer | undefined {
    while (!this.atEnd) {
      const byte = this.#peek()
      if (byte === quote) {
        this.#at++
        return this.atEnd || isSpace(this.#peek()) ? Buffer.from(this.#word) : undefined
      }
      if (byte === BACKSLASH && quote === QUOTE) this.#escape()
      else this.#plain(byte === BACKSLASH && this.#peek(1) === APOSTROPHE ? 1 : 0)
    }
    return undefined
  }

  #plain(skipped: number): void {
    this.#word.push(this.#peek(skipped))
    this.#at += skipped + 1
  }

  #escape(): void {
    const hex = this.#peek(1) === LETTER_X ? hexDigits(this.#peek(2), this.#peek(3)) : -1
    if (hex >= 0) {
      this.#word.push(hex)
      this.#at += 4
    } else if (this.#at + 1 < this.#end) {
      this.#word.push(escapes[String.fromCharCode(this.#peek(1))] ?? this.#peek(1))
      this.#at += 2
    } else {
      this.#plain(0)
    }
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

function hexDigits(high: number, low: number): number {
  const text = String.fromCharCode(high, low)
  return /^[0-9a-f]{2}$/i.test(text) ? Number.parseInt(text, 16) : -1
}
