// effects.test.ts: what commands state as their effects: ids that were chosen, trimming that comes
// out the same elsewhere, and for what is delivered, claims. Compared with the reference's AOF.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'

const NOW = 5_000_000

/** An engine whose time stands still, and whose streams have short nodes. */
class Talk {
  private readonly stage = new Stage({
    now: NOW,
    config: ['stream-node-max-entries 2'],
  })

  constructor() {
    this.stage.hearEffects()
  }

  /** The effects of a command. */
  call(command: string): string[] {
    this.stage.call(...command.split(' '))
    return this.stage.takeEffects()
  }
}

describe('the effects of streams', () => {
  it('name the ids that were chosen, and what was trimmed exactly', () => {
    const talk = new Talk()
    const call = (command: string) => talk.call(command)
    assert.deepEqual(call('XADD s 1-1 a b'), ['XADD s 1-1 a b'])
    assert.deepEqual(call('XADD s 1-* a b'), ['XADD s 1-2 a b'])
    assert.deepEqual(call('XADD s * a b'), [`XADD s ${NOW}-0 a b`])
    assert.deepEqual(call('XADD s MAXLEN ~ 2 * a b'), [`XADD s MAXLEN = 2 ${NOW}-1 a b`])
    assert.deepEqual(call('XADD s MAXLEN ~ 1 LIMIT 0 * a b'), [
      `XADD s MAXLEN = 1 LIMIT 0 ${NOW}-2 a b`,
    ])
    assert.deepEqual(call('XADD s MINID 1 * a b'), [`XADD s MINID 1 ${NOW}-3 a b`])
    assert.deepEqual(call('XTRIM s MINID ~ 7'), [])
    assert.deepEqual(call('XTRIM s MAXLEN 1'), ['XTRIM s MAXLEN 1'])
    assert.deepEqual(call(`XTRIM s MINID ~ ${NOW + 1}`), [
      'XTRIM s MINID = 18446744073709551615-18446744073709551615',
    ])
    assert.deepEqual(call('XADD none NOMKSTREAM * a b'), [])
    assert.deepEqual(call('XDEL s 9-9'), [])
  })

  it('claim what was delivered, for whoever reads what and when', () => {
    const talk = new Talk()
    const call = (command: string) => talk.call(command)
    call('XADD s 1-1 a b')
    call('XADD s 2-1 a b')
    call('XGROUP CREATE s g 0')
    const claim = (consumer: string, id: string, count: number, last: string) =>
      `XCLAIM s g ${consumer} 0 ${id} TIME ${NOW} RETRYCOUNT ${count} FORCE JUSTID LASTID ${last}`
    assert.deepEqual(call('XREADGROUP GROUP g c COUNT 1 STREAMS s >'), [
      'MULTI',
      claim('c', '1-1', 1, '1-1'),
      'XGROUP SETID s g 1-1 ENTRIESREAD 1',
      'EXEC',
    ])
    assert.deepEqual(call('XREADGROUP GROUP g d NOACK STREAMS s >'), [
      'MULTI',
      'XGROUP CREATECONSUMER s g d',
      'XGROUP SETID s g 2-1 ENTRIESREAD 2',
      'EXEC',
    ])
    assert.deepEqual(call('XREADGROUP GROUP g c STREAMS s 0'), [])
    assert.deepEqual(call('XCLAIM s g d 0 1-1'), [claim('d', '1-1', 3, '2-1')])
    assert.deepEqual(call('XCLAIM s g d 0 9-9 LASTID 3-0'), ['XGROUP SETID s g 3-0 ENTRIESREAD 2'])
    assert.deepEqual(call('XAUTOCLAIM s g c 0 0 JUSTID'), [claim('c', '1-1', 3, '3-0')])
    call('XDEL s 1-1')
    assert.deepEqual(call('XAUTOCLAIM s g d 0 0'), [claim('c', '1-1', 3, '3-0')])
    assert.deepEqual(call('XAUTOCLAIM s g d 0 0'), [])
    assert.deepEqual(call('XACK s g 1-1'), [])
    assert.deepEqual(call('XREAD STREAMS s 0'), [])
  })
})
