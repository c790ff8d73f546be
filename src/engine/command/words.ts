// words.ts: questions about the words of a request that need no span.

import type { Words } from '../../bytes/wire/request.ts'

/** Whether word `i` is this one in any case; `token` is ASCII in upper case. */
export function sameWord(words: Words, i: number, token: string): boolean {
  const start = words.starts[i]!
  if (words.ends[i]! - start !== token.length) return false
  for (let at = 0; at < token.length; at++) {
    let byte = words.bytes[start + at]!
    if (byte >= 97 && byte <= 122) byte -= 32
    if (byte !== token.charCodeAt(at)) return false
  }
  return true
}
