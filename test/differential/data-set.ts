// data-set.ts: commands that make a value of every type in every encoding, with expiry times and in
// several databases.
import { Seed } from '../support/seed.ts'

type Command = (string | Uint8Array)[]

/** What a data set may hold beside what redis-server 7.0 knows. */
export interface Extent {
  /** Fields of hashes that expire, which came with 7.4. */
  fieldExpiry: boolean
}

export function dataSet({ fieldExpiry }: Extent): Command[] {
  return [
    ...strings(),
    ...lists(),
    ...hashes(),
    ...(fieldExpiry ? expiringFields() : []),
    ...sets(),
    ...sortedSets(),
    ...streams(),
    ...expiring(),
    ['SELECT', '3'],
    ['SET', 'in another database', 'x'],
    ['RPUSH', 'list:other', 'a', 'b'],
    ['SELECT', '15'],
    ['SET', Uint8Array.of(0, 255, 10, 13), Uint8Array.of(255, 0)],
    ['SELECT', '0'],
  ]
}

function texts(count: number, make: (i: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

function strings(): Command[] {
  const seed = new Seed(3)
  const values = [
    '',
    '0',
    '-1',
    '127',
    '-129',
    '32768',
    '2147483648',
    '-9223372036854775808',
    '007',
  ]
  values.push('short', 'x'.repeat(45), 'ab'.repeat(5000), 'ä€😀'.repeat(40))
  return [
    ...values.map((value, i): Command => ['SET', `string:${i}`, value]),
    ['SET', 'string:random', seed.bytes(100_000)],
    ['SETBIT', 'string:bits', '100000', '1'],
    ['APPEND', 'string:appended', '12'],
    ['SET', 'x'.repeat(300), 'a long key'],
    ['SET', '12345', 'a key that is a number'],
    ['PFADD', 'sketch:sparse', ...texts(50, (i) => `e${i}`)],
    ...texts(60, String).map((part): Command => {
      return ['PFADD', 'sketch:dense', ...texts(100, (i) => `${part}-${i}`)]
    }),
  ]
}

function lists(): Command[] {
  const many = texts(3000, (i) => `element ${i}`)
  return [
    ['RPUSH', 'list:small', 'a', '1', '-70000', '', 'x'.repeat(100)],
    ['RPUSH', 'list:one', 'lorem ipsum '.repeat(300)],
    ['RPUSH', 'list:large', ...many],
    ['RPUSH', 'list:integers', ...texts(5000, (i) => String(i * 7919 - 10_000))],
    ['CONFIG', 'SET', 'list-compress-depth', '1', 'list-max-listpack-size', '100'],
    ['RPUSH', 'list:compressed', ...many],
    ['CONFIG', 'SET', 'list-compress-depth', '0', 'list-max-listpack-size', '-2'],
    ['RPUSH', 'list:outsized', 'small', 'y'.repeat(300_000), 'small'],
  ]
}

function hashes(): Command[] {
  const pairs = texts(1000, (i) => `f${i}`).flatMap((field, i) => [field, `value ${i}`])
  return [
    ['HSET', 'hash:small', 'name', 'Ada', 'age', '36', '', ''],
    ['HSET', 'hash:long value', 'f', 'v'.repeat(200)],
    ['HSET', 'hash:large', ...pairs],
    ['HINCRBYFLOAT', 'hash:float', 'f', '10.5'],
  ]
}

function expiringFields(): Command[] {
  const fields = texts(1000, (i) => `f${i}`)
  const far = String(Date.UTC(2100, 0, 1))
  return [
    ['HSET', 'hash:expiring', 'a', '1', 'b', '2', 'c', '3'],
    ['HPEXPIREAT', 'hash:expiring', far, 'FIELDS', '1', 'b'],
    ['HSET', 'hash:expiring large', ...fields.flatMap((field) => [field, 'v'])],
    ['HPEXPIREAT', 'hash:expiring large', far, 'FIELDS', '3', 'f1', 'f2', 'f999'],
    ['HSET', 'hash:expiring all', 'a', '1', 'b', '2'],
    ['HPEXPIREAT', 'hash:expiring all', far, 'FIELDS', '2', 'a', 'b'],
  ]
}

function sets(): Command[] {
  return [
    ['SADD', 'set:16', ...texts(100, (i) => String(i * 300))],
    ['SADD', 'set:32', '1', '-70000', '2147483647'],
    ['SADD', 'set:64', '1', '9223372036854775807', '-9223372036854775808'],
    ['SADD', 'set:large integers', ...texts(1000, String)],
    ['SADD', 'set:small', 'a', '1', 'x'.repeat(64), ''],
    ['SADD', 'set:long', 'x'.repeat(65)],
    ['SADD', 'set:large', ...texts(2000, (i) => `member ${i}`)],
  ]
}

function sortedSets(): Command[] {
  const scored = texts(1500, (i) => `member ${i}`).flatMap((member, i) => [String(i % 97), member])
  return [
    ['ZADD', 'zset:small', '1', 'a', '2.5', 'b', '-inf', 'c', 'inf', 'd', '-0', 'e', '3', '17'],
    ['ZADD', 'zset:fractions', '0.1', 'a', '1e-300', 'b', '3.141592653589793', 'c'],
    ['ZADD', 'zset:long', '1', 'x'.repeat(65)],
    ['ZADD', 'zset:large', ...scored],
    ['ZADD', 'zset:large odd', ...scored, '0.3', 'third', 'inf', 'most', '-1e17', 'least'],
    ['GEOADD', 'places', '13.361389', '38.115556', 'Palermo', '15.087269', '37.502669', 'Catania'],
  ]
}

function streams(): Command[] {
  const add = (key: string, i: number): Command => ['XADD', key, `${i}-1`, 'n', `${i}`, 'even', 'x']
  const read = (key: string, group: string, consumer: string): Command => {
    return ['XREADGROUP', 'GROUP', group, consumer, 'COUNT', '2', 'STREAMS', key, '>']
  }
  return [
    ['XADD', 'stream:one', '5-5', 'a', '1', 'b', 'x'.repeat(300)],
    ['XADD', 'stream:empty', '5-5', 'a', '1'],
    ['XDEL', 'stream:empty', '5-5'],
    ...texts(500, String).map((_, i) => add('stream:large', i + 1)),
    ['XADD', 'stream:large', '1000-1', 'other', 'fields', 'than', 'before'],
    ['XDEL', 'stream:large', '7-1', '300-1'],
    ...texts(10, String).map((_, i) => add('stream:groups', i + 1)),
    ['XGROUP', 'CREATE', 'stream:groups', 'first', '0'],
    ['XGROUP', 'CREATE', 'stream:groups', 'second', '$'],
    ['XGROUP', 'CREATE', 'stream:groups', 'empty', '3-1', 'ENTRIESREAD', '3'],
    ['XGROUP', 'CREATECONSUMER', 'stream:groups', 'second', 'idle'],
    read('stream:groups', 'first', 'one'),
    read('stream:groups', 'first', 'two'),
    ['XACK', 'stream:groups', 'first', '1-1'],
    ['XDEL', 'stream:groups', '3-1'],
    ['XSETID', 'stream:groups', '50-0', 'ENTRIESADDED', '60', 'MAXDELETEDID', '40-0'],
  ]
}

function expiring(): Command[] {
  return [
    ['SET', 'expiring:string', 'v', 'PXAT', '4102444800123'],
    ['RPUSH', 'expiring:list', 'a'],
    ['PEXPIREAT', 'expiring:list', '4102444800124'],
    ['HSET', 'expiring:hash', 'a', 'b'],
    ['PEXPIREAT', 'expiring:hash', '9007199254740993'],
  ]
}
