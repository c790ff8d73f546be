// harness.test.ts: the comparison itself: it finds what differs, shows it briefly, and finds
// nothing where nothing differs.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { redis8, withoutReference } from '../support/references.ts'
import { freePort, startReference, type TestServer } from '../support/servers.ts'
import { Wire } from '../support/wire.ts'
import { compare } from './campaign.ts'

const debug = ['--enable-debug-command', 'yes']
const campaign = { protocol: 2, commands: 5000, seed: 11, mismatchesMax: 1 } as const

describe('the comparison', { skip: redis8 === undefined ? withoutReference : false }, () => {
  let reference: TestServer
  let second: TestServer
  let liar: Server
  let lies: TestServer
  before(async () => {
    ;[reference, second] = await Promise.all([startReference(debug), startReference(debug)])
    const port = await freePort()
    liar = createServer((socket) => {
      const inner = connect(second.port, '127.0.0.1')
      socket.pipe(inner)
      inner.on('data', (chunk) => socket.write(falsified(chunk)))
      for (const end of [socket, inner]) end.on('error', () => end.destroy())
      socket.on('close', () => inner.destroy())
    })
    await once(liar.listen(port, '127.0.0.1'), 'listening')
    lies = Object.assign(Object.create(second), { port, connect: () => Wire.open(port) })
  })
  after(async () => {
    liar?.close()
    await Promise.all([reference?.stop(), second?.stop()])
  })

  test('finds no difference between two servers of one kind', async () => {
    const outcome = await compare({ ...campaign, ours: second, theirs: reference })
    assert.deepEqual(outcome.mismatches, [])
  })

  test('finds one changed reply and shows it by few commands', async () => {
    const outcome = await compare({ ...campaign, ours: lies, theirs: reference })
    const lines = outcome.mismatches[0]?.split('\n') ?? []
    assert.ok(lines.length >= 4 && lines.length <= 8, outcome.mismatches.join('\n'))
    assert.match(lines.at(-2) ?? '', /embstR/)
  })
})

/** One word of one kind of reply, changed without changing any length. */
function falsified(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll('embstr', 'embstR'), 'latin1')
}
