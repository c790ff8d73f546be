// turn.test.ts: what is done before replies leave.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { latin1 } from '../../bytes/memory/span.ts'
import type { Output } from '../../bytes/wire/output.ts'
import { defineCommand } from '../command/command.ts'
import { defineModule } from '../contract/module.ts'
import type { Transport } from '../contract/ports.ts'
import { Engine } from './engine.ts'

const plain = defineCommand({
  name: 'PLAIN',
  group: 'server',
  since: '1.0.0',
  summary: 'Arms nothing.',
  run: (_ctx, _args, reply) => reply.ok(),
})

const arming = defineCommand({
  name: 'ARMING',
  group: 'server',
  since: '1.0.0',
  summary: 'Arms the turn and answers with so many bytes.',
  syntax: 'size:int',
  run(ctx, args, reply) {
    ctx.engine.turn.arm()
    reply.text('x'.repeat(args.position(1)))
  },
})

function start(ends?: () => void, more?: Partial<Transport>) {
  const log: string[] = []
  const onTurnEnd = () => {
    log.push('end')
    ends?.()
  }
  const modules = [
    defineModule({ name: 'test', commands: [plain, arming], hooks: { onTurnEnd } }),
    defineModule({ name: 'other' }),
  ]
  const clock = { now: () => 0, micros: () => 0, sleep: () => {} }
  const engine = new Engine({ modules, clock, entropy: { fill() {} }, seed: 1, databases: 1 })
  const session = engine.open({
    send: (output: Output) => log.push(`${output.collect().length} bytes`),
    close: () => log.push('closed'),
    pending: 0,
    address: '',
    localAddress: '',
    descriptor: -1,
    ...more,
  })
  const send = (...lines: string[]) => {
    session.receive(latin1(lines.map((line) => `${line}\r\n`).join('')))
    session.flush()
    return log.splice(0)
  }
  return { engine, session, send, log }
}

describe('the end of a turn', () => {
  it('comes before the replies, once for all of them, where somebody has asked', () => {
    const { send } = start()
    assert.deepEqual(send('PLAIN', 'PLAIN'), ['10 bytes'])
    assert.deepEqual(send('ARMING 1', 'ARMING 1'), ['end', '14 bytes'])
    assert.deepEqual(send('PLAIN'), ['5 bytes'])
  })

  it('comes again when the replies of a long batch leave in pieces', () => {
    const { send } = start()
    const lines = Array.from({ length: 5 }, () => 'ARMING 200000')
    const pieces = send(...lines).filter((line) => line !== 'end')
    assert.equal(pieces.length, 3)
    assert.deepEqual(
      send(...lines),
      pieces.flatMap((piece) => ['end', piece]),
    )
  })

  it('comes at the end of a tick although nothing is sent', () => {
    const { engine, log } = start()
    engine.turn.arm()
    engine.tick()
    engine.tick()
    assert.deepEqual(log, ['end'])
  })

  it('is left to the host of a transport that sends later, which hears that it is due', () => {
    const { engine, send } = start(undefined, { endsTurns: true })
    let expected = 0
    engine.turn.onArmed = () => expected++
    assert.deepEqual(send('ARMING 1', 'ARMING 1'), ['14 bytes'])
    assert.deepEqual([engine.turn.armed, expected], [true, 1])
    engine.turn.end()
    assert.deepEqual(send('ARMING 1'), ['end', '7 bytes'])
    assert.equal(expected, 2)
  })

  it('that fails keeps the replies back', () => {
    const disk = { isFull: true }
    const { send, log } = start(() => {
      if (disk.isFull) throw new Error('no space left')
    })
    assert.throws(() => send('ARMING 1'), /no space/)
    assert.throws(() => send('PLAIN'), /no space/)
    assert.deepEqual(log.splice(0), ['end', 'end'])
    disk.isFull = false
    assert.deepEqual(send('PLAIN'), ['end', '17 bytes'])
  })
})
