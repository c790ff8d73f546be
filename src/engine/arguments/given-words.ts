// given-words.ts: the words of a command as JavaScript values, for who runs or states one seldom
// enough to make objects for it: a module from outside.

import { latin1, type Span } from '../../bytes/memory/span.ts'
import { utf8 } from '../../bytes/text/utf8.ts'
import { Words } from '../../bytes/wire/request.ts'

/** Text, which becomes UTF-8; a number, as it is printed; bytes. */
export type GivenWord = string | number | bigint | Span | Uint8Array

/** The bytes of a word. */
export function bytesOf(word: GivenWord): Uint8Array {
  if (typeof word === 'string') return utf8(word)
  if (typeof word === 'number' || typeof word === 'bigint') return latin1(String(word))
  return ArrayBuffer.isView(word) ? word : word.copy()
}

/** A request of these words, in memory of its own. */
export function wordsOf(given: readonly GivenWord[]): Words {
  const parts = given.map(bytesOf)
  const words = new Words()
  words.bytes = new Uint8Array(parts.reduce((size, { length }) => size + length, 0))
  let at = 0
  for (const part of parts) {
    words.bytes.set(part, at)
    words.add(at, at + part.length)
    at += part.length
  }
  return words
}
