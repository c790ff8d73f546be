// dispatcher.test.ts: commands that run inside others: nothing of the outer one is lost, and
// nothing of the inner one is doubled.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { Words } from '../../bytes/wire/request.ts'
import { core } from '../../core.ts'
import { defineCommand } from '../command/command.ts'
import { GENERIC, STRING } from '../contract/events.ts'
import { defineModule } from '../contract/module.ts'
import { EffectList } from '../effects/effects.model.ts'
import type { Context } from './context.ts'
import type { ReplyError } from './reply-error.ts'
import type { ReplyValue } from './reply-value.ts'

/** The words of a line. */
function wordsOf(line: string): Words {
  const words = new Words()
  words.bytes = latin1(line)
  let at = 0
  for (const word of line.split(' ')) {
    words.add(at, at + word.length)
    at += word.length + 1
  }
  return words
}

const KEY = new Span(latin1('k'))

/** What `NEST` does, in the tests' own words. */
let nested: (ctx: Context) => void = () => {}

const nest = defineModule({
  name: 'nest',
  commands: [
    defineCommand({
      name: 'NEST',
      group: 'generic',
      syntax: '',
      flags: ['write', 'runs_commands'],
      run(ctx, _args, reply) {
        nested(ctx)
        reply.simple('NESTED')
      },
    }),
    defineCommand({
      name: 'TAME',
      group: 'generic',
      syntax: '',
      run: (ctx) => ctx.engine.dispatcher.invoke(ctx.session, wordsOf('PING')),
    }),
  ],
})

function start() {
  const stage = new Stage({ modules: [...core, nest] })
  const { engine, clock } = stage
  const script = stage.open().session
  script.protocol = 3
  const effects = new EffectList(engine.effects)
  return { engine, clock, script, effects, one: stage.open(), two: stage.open() }
}

describe('a command inside another', () => {
  it('states its own effect, and leaves that of the outer one as it was', () => {
    const { engine, one, effects, script } = start()
    nested = (ctx) => {
      const { effects } = ctx.engine
      ctx.created(KEY)
      ctx.changed(GENERIC, 'nest', KEY)
      if (effects.armed) ctx.restate(2).word('OUTER').span(KEY)
      ctx.engine.dispatcher.ask(script, wordsOf('SET in 1 EX 100'))
      ctx.engine.dispatcher.ask(script, wordsOf('GET in'))
    }
    assert.equal(one.send('NEST'), '+NESTED\r\n')
    const at = engine.now + 100_000
    assert.deepEqual(effects.lines, ['MULTI', 'OUTER k', `SET in 1 PXAT ${at}`, 'EXEC'])
    effects.clear()
    // What only inner commands change is no change of the outer one.
    nested = (ctx) => void ctx.engine.dispatcher.ask(script, wordsOf('INCR n'))
    one.send('NEST')
    assert.deepEqual(effects.lines, ['INCR n'])
  })

  it('replies with a value when it is asked, in its own session and database', () => {
    const { one, two, script } = start()
    const values: ReplyValue[] = []
    nested = ({ engine: { dispatcher } }) => {
      for (const line of [
        'SELECT 2',
        'HSET h f 1',
        'HGETALL h',
        'INCR h',
        'NO such',
        'BLPOP l 0',
      ]) {
        values.push(dispatcher.ask(script, wordsOf(line)))
      }
    }
    assert.equal(one.send('SET here 1', 'NEST', 'GET here'), '+OK\r\n+NESTED\r\n$1\r\n1\r\n')
    assert.deepEqual(values.slice(0, 3), ['OK', 1, new Map([['f', '1']])])
    assert.equal((values[3] as ReplyError).code, 'WRONGTYPE')
    assert.match((values[4] as ReplyError).message, /unknown command 'NO'/)
    assert.equal(values[5], null, 'nothing inside another waits')
    assert.equal(two.send('EXISTS h', 'SELECT 2', 'EXISTS h'), ':0\r\n+OK\r\n:1\r\n')
  })

  it('runs behind the replies that are there, and in the protocol of its session', () => {
    const { one, script } = start()
    nested = (ctx) => {
      ctx.engine.reply.array(2)
      ctx.engine.dispatcher.invoke(script, wordsOf('HGETALL none'))
      ctx.engine.reply.nil()
    }
    assert.equal(one.send('NEST'), '*2\r\n%0\r\n$-1\r\n+NESTED\r\n')
  })

  it('sees the time stand still', () => {
    const { clock, one, script } = start()
    const times: ReplyValue[] = []
    nested = ({ engine: { dispatcher } }) => {
      times.push(dispatcher.ask(script, wordsOf('TIME')))
      clock.ms += 5000
      times.push(dispatcher.ask(script, wordsOf('TIME')))
    }
    one.send('NEST')
    assert.deepEqual(times[0], times[1])
    assert.notEqual(one.send('TIME'), '')
    nested = ({ engine: { dispatcher } }) => times.push(dispatcher.ask(script, wordsOf('TIME')))
    one.send('NEST')
    assert.notDeepEqual(times[0], times[2])
  })

  it('wakes who waits after the outermost one', () => {
    const { one, two, script } = start()
    two.send('BLPOP l 0')
    let heard = ''
    nested = ({ engine: { dispatcher } }) => {
      dispatcher.ask(script, wordsOf('RPUSH l a'))
      heard = String(dispatcher.ask(script, wordsOf('LLEN l')))
      dispatcher.ask(script, wordsOf('RPUSH l b'))
    }
    one.send('NEST')
    assert.equal(heard, '1')
    assert.equal(one.send('LRANGE l 0 -1'), '*1\r\n$1\r\nb\r\n')
  })

  it('leaves the conversation alone', () => {
    const { one, script } = start()
    const errors: string[] = []
    nested = ({ session, engine: { dispatcher } }) => {
      for (const line of ['MULTI', 'SUBSCRIBE c', 'AUTH x', 'EXEC']) {
        for (const whose of [script, session]) {
          errors.push((dispatcher.ask(whose, wordsOf(line)) as ReplyError).message)
        }
      }
    }
    assert.equal(one.send('NEST', 'GET a'), '+NESTED\r\n$-1\r\n')
    assert.deepEqual([...new Set(errors)], ['ERR This Redis command is not allowed from script'])
  })

  it('nests to any depth', () => {
    const { one, script, effects } = start()
    let depth = 0
    nested = ({ engine: { dispatcher } }) => {
      depth++
      if (depth < 20) dispatcher.ask(script, wordsOf('NEST'))
      dispatcher.ask(script, wordsOf(`RPUSH depths ${depth}`))
    }
    one.send('NEST')
    assert.equal(one.send('LLEN depths'), ':20\r\n')
    assert.equal(effects.lines.length, 22)
  })

  it('is refused to commands that did not say that they run others', () => {
    const { one, engine } = start()
    assert.throws(() => one.send('TAME'), /the engine failed at "TAME"/)
    assert.equal(engine.dispatcher.depth, 0)
  })

  it('cannot be a request of a client', () => {
    const { one, two } = start()
    nested = () => void two.send('PING')
    assert.throws(() => one.send('NEST'), /the engine failed at "NEST"/)
  })
})

describe('listeners that run commands', () => {
  it('do so after the outermost command, one after the other', () => {
    const { engine, one, two, effects } = start()
    const heard: string[] = []
    engine.events.listen((event, key) => {
      const name = key.text()
      engine.turn.later(() => {
        heard.push(`${event} ${name}`)
        if (heard.length < 4) two.send(`INCR n${heard.length}`)
      })
    }, GENERIC | STRING)
    assert.equal(one.send('MULTI', 'SET a 1 EX 100', 'SET b 2', 'EXEC').endsWith('+OK\r\n'), true)
    assert.deepEqual(heard.slice(0, 3), ['set a', 'expire a', 'set b'])
    const [, first, second] = effects.lines
    assert.match(`${first} ${second}`, /^SET a 1 PXAT \d+ SET b 2$/)
    assert.deepEqual(effects.lines.slice(4), ['INCR n1', 'INCR n2', 'INCR n3'])
  })
})
