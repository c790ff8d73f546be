// syntax.test.ts: grammar lines and the arguments and arities they mean.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Argument, arityOf, parseSyntax } from './syntax.ts'

/** An argument in short: type, name and what differs from the ordinary. */
function short(argument: Argument): string {
  const { optional, multiple, multipleToken } = argument
  const marks = `${optional ? '?' : ''}${multiple ? '+' : ''}${multipleToken ? '!' : ''}`
  const token = argument.token === undefined ? '' : ` '${argument.token}'`
  const since = argument.since === undefined ? '' : ` since ${argument.since}`
  const inner =
    argument.arguments.length > 0 ? ` (${argument.arguments.map(short).join(', ')})` : ''
  return `${argument.type} ${argument.name}${marks}${token}${since}${inner}`
}

function read(line: string): string[] {
  return parseSyntax(line).map(short)
}

describe('a grammar line', () => {
  it('takes the type of an argument from its name, or behind a colon', () => {
    assert.deepEqual(read('key pattern unix-time-ms member count:int radius:double'), [
      'key key',
      'pattern pattern',
      'unix-time unix-time-ms',
      'string member',
      'integer count',
      'double radius',
    ])
  })

  it('tells a word that stands alone from one that announces an argument', () => {
    assert.deepEqual(read('[KEEPTTL] [EX seconds:int] NO ONE'), [
      "pure-token keepttl? 'KEEPTTL'",
      "integer seconds? 'EX'",
      "pure-token no 'NO'",
      "pure-token one 'ONE'",
    ])
  })

  it('names a group by its label, its word, or its kind', () => {
    assert.deepEqual(read('[range: start end] LIMIT (offset count) (field value)+ [NX | XX]'), [
      'block range? (string start, string end)',
      "block limit 'LIMIT' (string offset, string count)",
      'block data+ (string field, string value)',
      "oneof condition? (pure-token nx 'NX', pure-token xx 'XX')",
    ])
  })

  it('knows three ways of repeating', () => {
    assert.deepEqual(read('member+ arg* [ID id+] [PREFIX prefix]*'), [
      'string member+',
      'string arg?+',
      "string id?+ 'ID'",
      "string prefix?+! 'PREFIX'",
    ])
  })

  it('reads words that are signs or nothing, and versions', () => {
    assert.deepEqual(read('(id: auto-id:* | new-id:$ | none:"" | equal:=)@6.2 [GET]@7.0.3'), [
      "oneof id since 6.2.0 (pure-token auto-id '*', pure-token new-id '$', " +
        "pure-token none '', pure-token equal '=')",
      "pure-token get? 'GET' since 7.0.3",
    ])
  })

  it('keeps the name for readers and the version of deprecation', () => {
    const [address] = parseSyntax('old-format=ip:port!2.8.12')
    assert.equal(address?.display, 'ip:port')
    assert.equal(address?.deprecatedSince, '2.8.12')
  })

  it('numbers keys by key spec, and lets the last spec have the rest', () => {
    const specs = (line: string, count: number) =>
      parseSyntax(line, count).map((argument) => argument.keySpec)
    assert.deepEqual(specs('key value destination:key', 2), [0, -1, 1])
    assert.deepEqual(specs('key1:key key2:key', 1), [0, 0])
    assert.deepEqual(specs('key [BY pattern#1] [STORE destination:key]', 3), [0, 1, 2])
  })

  it('says where it is malformed', () => {
    assert.throws(() => parseSyntax('key ['), /expected .* at 5/)
    assert.throws(() => parseSyntax('key )'), /expected an item at 4/)
    assert.throws(() => parseSyntax('key count:number'), /expected a type instead of 'number'/)
    assert.throws(() => parseSyntax('[start end]'), /expected a name for an optional group/)
    assert.throws(() => parseSyntax('(a b | c)'), /expected one item on each side/)
  })
})

describe('the arity', () => {
  const arity = (line: string, words = 1) => arityOf(parseSyntax(line), words)

  it('is exact when all calls have as many words', () => {
    assert.equal(arity(''), 1)
    assert.equal(arity('key field value'), 4)
    assert.equal(arity('node-id', 2), 3)
    assert.equal(arity('(args: (host-port: host port:int) | (no-one: NO ONE))'), 3)
  })

  it('is the negative minimum when they vary', () => {
    assert.equal(arity('key (field value)+'), -4)
    assert.equal(arity('key [NX | XX]'), -2)
    assert.equal(arity('key FIELDS (numfields:int field+)'), -5)
    assert.equal(arity('(from: FROMMEMBER member | FROMLONLAT (longitude latitude))'), -3)
  })

  it('counts one word for a choice whose sides could all be left out', () => {
    assert.equal(arity('(filter: [ID id] | [ADDR address])', 2), -3)
  })
})
