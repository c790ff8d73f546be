// listpack-reply.test.ts: entries of every kind and length as bulks.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { latin1, Span } from '../memory/span.ts'
import { Output } from '../wire/output.ts'
import { Reply } from '../wire/reply.ts'
import { LISTPACK_HEADER, setListpackHeader, writeListpackEntry } from './listpack.ts'
import { replyListpackBackwards, replyListpackEntries } from './listpack-reply.ts'

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`
}

/** A listpack in the middle, or at the very end, of an array. */
function listpackOf(texts: readonly string[], behind: number): Span {
  const bytes = new Uint8Array(texts.join('').length + texts.length * 16 + 20)
  let at = 10 + LISTPACK_HEADER
  for (const text of texts) {
    const element = new Span(latin1(text), 0, text.length)
    at = writeListpackEntry(bytes, at, element)
  }
  bytes[at++] = 0xff
  setListpackHeader(bytes, 10, at - 10, texts.length)
  const array = bytes.slice(0, at + behind)
  return new Span(array, 10, at)
}

function written(write: (reply: Reply) => void): string {
  const output = new Output()
  write(new Reply(output))
  return Buffer.from(output.collect()).toString('latin1')
}

describe('entries of a listpack in a reply', () => {
  it('are texts of all short lengths, at any place of the array', () => {
    for (const behind of [0, 1, 2, 3, 9]) {
      const texts = Array.from({ length: 70 }, (_, i) => 'abcdefghij'.repeat(7).slice(0, i))
      for (const some of [texts, texts.slice(0, 5), texts.slice(3, 10), texts.toReversed()]) {
        const { bytes, start, end } = listpackOf(some, behind)
        const heard = written((reply) => {
          const at = replyListpackEntries(reply, bytes, start + LISTPACK_HEADER, some.length)
          assert.equal(at, end - 1)
        })
        assert.equal(heard, some.map(bulk).join(''))
      }
    }
  })

  it('are what they were, over many buffers of the output, forwards and backwards', () => {
    const random = new Random(9)
    const texts: string[] = []
    for (let i = 0; i < 60_000; i++) {
      const kind = random.below(6)
      if (kind === 0) texts.push(String(random.below(2 ** 31) - 2 ** 30))
      else if (kind === 1) texts.push(String(random.below(400) - 200))
      else if (kind === 2) texts.push(String(BigInt(random.below(2 ** 31)) * 10n ** 10n))
      else texts.push('x'.repeat(random.below(kind === 3 && i % 50 === 0 ? 70_000 : 66)))
    }
    const listpack = listpackOf(texts, 0)
    const { bytes, start } = listpack
    const all = written((reply) => {
      replyListpackEntries(reply, bytes, start + LISTPACK_HEADER, texts.length)
    })
    assert.ok(all === texts.map(bulk).join(''))
    const some = written((reply) => replyListpackBackwards(reply, listpack, 5000))
    assert.ok(some === texts.toReversed().slice(0, 5000).map(bulk).join(''))
  })
})
