// tests.test.ts: the list of tests, and the requests that the two drivers make of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobOf, type LoadTask } from './load/driver.ts'
import { redisBenchmarkArguments } from './load/redis-benchmark-driver.ts'
import { parseOptions } from './options.ts'
import { commandTest, randomValue, selectTests } from './tests.ts'

const names = (selected: string[] | undefined) => selectTests(selected).map(({ name }) => name)

test('the default list is redis-benchmark 7.0’s', () => {
  assert.equal(
    names(undefined).join(' '),
    'ping_inline ping_mbulk set get incr lpush rpush lpop rpop sadd hset spop zadd zpopmin ' +
      'lrange_push lrange_100 lrange_300 lrange_500 lrange_600 mset',
  )
})

test('groups select their tests, in the order of the list', () => {
  assert.deepEqual(names(['get', 'ping']), ['ping_inline', 'ping_mbulk', 'get'])
  assert.deepEqual(names(['lrange_300']), ['lrange_push', 'lrange_300'])
  assert.deepEqual(names(['xadd', 'nothing']), ['xadd'])
})

test('a command of the user has its placeholders filled', () => {
  const { title, request } = commandTest(['SET', '__key__', '__data__'], 3)
  assert.equal(title, 'SET __key__ __data__')
  assert.deepEqual(request('', false), ['SET', 'key:__rand_int__', randomValue(3)])
})

test('values look random, are the same each time and are no numbers', () => {
  assert.match(randomValue(1000), /^[A-Z]{1000}$/)
  assert.equal(randomValue(1000), randomValue(1000))
  assert.ok(new Set(randomValue(1000)).size > 20)
})

function task(name: string, flags: string): LoadTask {
  const shape = parseOptions(flags.split(' ').filter((word) => word !== ''))
  return { target: { host: 'h', port: 1 }, test: selectTests([name])[0]!, shape }
}

test('redis-benchmark gets the request as a command, or by name when it is too large', () => {
  const small = redisBenchmarkArguments(task('get', '-r 10 -P 16 -n 5 --seed 1')).join(' ')
  assert.equal(
    small,
    '-h h -p 1 --csv -c 50 -n 5 -P 16 -k 1 -d 3 --precision 3 -r 10 GET key:__rand_int__',
  )
  assert.match(redisBenchmarkArguments(task('set', '-d 200000')).join(' '), / -d 200000 .*-t set$/)
  assert.match(redisBenchmarkArguments(task('ping_inline', '')).join(' '), / -t ping_inline$/)
})

test('connections log in, choose their protocol and select first', () => {
  const job = jobOf(task('set', '-a pw --user me --dbnum 2 -3'))
  assert.deepEqual(job.prologue, [
    ['AUTH', 'me', 'pw'],
    ['SELECT', '2'],
    ['HELLO', '3'],
  ])
})

test('-r 0 replaces placeholders with zeros, no -r leaves them', () => {
  assert.equal(jobOf(task('set', '')).keyspace, 0)
  assert.equal(jobOf(task('set', '-r 0')).keyspace, 1)
})
