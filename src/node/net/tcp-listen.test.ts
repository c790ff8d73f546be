// tcp-listen.test.ts: what waits to be accepted.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { listenTcp } from './tcp-listen.ts'

const COUNT = 1000

function placesOfTheSystem(): number {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'))
  } catch {
    return 0
  }
}

test('a thousand connections at once find a place in the queue', async (context) => {
  if (placesOfTheSystem() < COUNT) return context.skip('the system lets fewer wait')
  let accepted = 0
  let turns = 0
  const sockets: Socket[] = []
  const place = { binds: ['127.0.0.1'], port: 0, backlog: 511 }
  const onSocket = (socket: Socket) => {
    accepted++
    turns = 0
    sockets.push(socket)
  }
  const servers = await listenTcp(place, onSocket, assert.fail)
  const { port } = servers![0]!.address() as AddressInfo
  for (let i = 0; i < COUNT; i++) sockets.push(connect(port, '127.0.0.1').on('error', assert.fail))
  // Who found no place asks again after a second: until then many turns pass without anybody.
  while (turns++ < 50 && accepted < COUNT) await new Promise(setImmediate)
  for (const socket of sockets) socket.destroy()
  servers![0]!.close()
  assert.equal(accepted, COUNT)
})
