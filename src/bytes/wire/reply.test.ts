// reply.test.ts: what each kind of reply looks like in both protocols.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Span } from '../memory/span.ts'
import { Output } from './output.ts'
import { Reply } from './reply.ts'

/** What `write` writes in RESP2 and in RESP3. */
function both(write: (reply: Reply) => void): [string, string] {
  const [two = '', three = ''] = [2, 3].map((protocol) => {
    const output = new Output()
    const reply = new Reply(output)
    reply.protocol = protocol
    write(reply)
    return Buffer.from(output.collect()).toString().replaceAll('\r\n', '|')
  })
  return [two, three]
}

describe('Reply', () => {
  it('writes every kind in RESP2 and RESP3', () => {
    const cases: [(reply: Reply) => void, string, string][] = [
      [(r) => r.ok(), '+OK|', '+OK|'],
      [(r) => r.error('ERR no'), '-ERR no|', '-ERR no|'],
      [(r) => r.integer(-7), ':-7|', ':-7|'],
      [(r) => r.int64(2n ** 63n - 1n), ':9223372036854775807|', ':9223372036854775807|'],
      [(r) => r.bulk(new Span(Buffer.from('abc'))), '$3|abc|', '$3|abc|'],
      [(r) => r.text('é€'), '$5|é€|', '$5|é€|'],
      [(r) => r.text('x'.repeat(30)), `$30|${'x'.repeat(30)}|`, `$30|${'x'.repeat(30)}|`],
      [(r) => r.nil(), '$-1|', '_|'],
      [(r) => r.nilArray(), '*-1|', '_|'],
      [(r) => r.array(2), '*2|', '*2|'],
      [(r) => r.map(2), '*4|', '%2|'],
      [(r) => r.set(2), '*2|', '~2|'],
      [(r) => r.push(2), '*2|', '>2|'],
      [(r) => r.double(1.5), '$3|1.5|', ',1.5|'],
      [(r) => r.double(Number.POSITIVE_INFINITY), '$3|inf|', ',inf|'],
      [(r) => r.boolean(true), ':1|', '#t|'],
      [(r) => r.verbatim('txt', 'hi'), '$2|hi|', '=6|txt:hi|'],
      [(r) => r.bigNumber('123'), '$3|123|', '(123|'],
    ]
    for (const [write, two, three] of cases) assert.deepEqual(both(write), [two, three])
  })
})
