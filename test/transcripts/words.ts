// words.ts: splits a command line into arguments with redis-cli's quoting.

const escaped: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, a: 7 }

/**
 * Splits at blanks; `"…"` knows `\n \r \t \b \a \xHH`, `'…'` only `\'`.
 * @returns the bytes of each argument: text is UTF-8, `\xHH` one byte.
 * @throws Error when a quote is not closed or is followed by something else than a blank.
 */
export function splitWords(line: string): Buffer[] {
  const words: Buffer[] = []
  let at = 0
  while (true) {
    while (line[at] === ' ') at++
    if (at >= line.length) return words
    const quote = line[at]
    const word = quote === '"' || quote === "'" ? readQuoted(line, at) : readBare(line, at)
    if (word.end < line.length && line[word.end] !== ' ') throw new Error(`bad quotes: ${line}`)
    words.push(word.bytes)
    at = word.end
  }
}

interface Word {
  bytes: Buffer
  end: number
}

function readBare(line: string, start: number): Word {
  const blank = line.indexOf(' ', start)
  const end = blank < 0 ? line.length : blank
  return { bytes: Buffer.from(line.slice(start, end)), end }
}

function readQuoted(line: string, start: number): Word {
  const quote = line[start]
  const parts: Buffer[] = []
  let at = start + 1
  while (at < line.length && line[at] !== quote) {
    const piece = line[at] === '\\' ? readEscape(line, at, quote === '"') : undefined
    const char = String.fromCodePoint(line.codePointAt(at) ?? 0)
    parts.push(piece?.bytes ?? Buffer.from(char))
    at = piece?.end ?? at + char.length
  }
  if (at >= line.length) throw new Error(`a quote is not closed: ${line}`)
  return { bytes: Buffer.concat(parts), end: at + 1 }
}

function readEscape(line: string, at: number, isDouble: boolean): Word {
  const char = line[at + 1] ?? ''
  if (!isDouble && char !== "'") return { bytes: Buffer.from('\\'), end: at + 1 }
  const hex = /^\\x([0-9a-fA-F]{2})/.exec(line.slice(at, at + 4))?.[1]
  if (isDouble && hex !== undefined) return { bytes: Buffer.from(hex, 'hex'), end: at + 4 }
  const code = isDouble ? escaped[char] : undefined
  return { bytes: code === undefined ? Buffer.from(char) : Buffer.of(code), end: at + 2 }
}
