// work-queue.mjs: a reliable queue, with ioredis: workers wait for jobs, move each to a list of
// their own while they work on it, and nothing is lost when one of them dies.
//   REDIS_URL=redis://127.0.0.1:6379 node examples/work-queue.mjs
import assert from 'node:assert/strict'
import { Redis } from 'ioredis'

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const redis = new Redis(url)
const prefix = 'example:queue'
const waiting = `${prefix}:waiting`
const later = `${prefix}:later`
const results = `${prefix}:results`
const names = ['ada', 'bob', 'cyd', 'dan']
const inHand = (name) => `${prefix}:in-hand:${name}`
const keys = [waiting, later, results, ...names.map(inHand)]
await redis.del(keys)

const JOBS = 300
const jobs = Array.from({ length: JOBS }, (_, id) => JSON.stringify({ id, n: id % 50 }))
const done = new Map(names.map((name) => [name, 0]))

/** Works until nothing comes for a while; `dan` dies with his fifth job in hand. */
async function work(name) {
  // A connection of its own: a blocking command keeps it busy.
  const connection = redis.duplicate()
  for (;;) {
    const job = await connection.blmove(waiting, inHand(name), 'RIGHT', 'LEFT', 0.5)
    if (job === null) break
    if (name === 'dan' && done.get(name) === 4) break
    const { id, n } = JSON.parse(job)
    const isFirst = await connection.hsetnx(results, id, n * n)
    assert.equal(isFirst, 1, `job ${id} was done twice`)
    await connection.lrem(inHand(name), 1, job)
    done.set(name, done.get(name) + 1)
  }
  connection.disconnect()
}

// Half of the jobs are there at once, a third comes while workers wait, the others have their time.
await redis.lpush(waiting, ...jobs.slice(0, 150))
await work('dan')
const workers = ['ada', 'bob', 'cyd'].map(work)
for (const job of jobs.slice(150, 250)) await redis.lpush(waiting, job)
const now = Date.now()
await redis.zadd(later, ...jobs.slice(250).flatMap((job, i) => [now + i, job]))
await new Promise((resolve) => setTimeout(resolve, 100))
for (;;) {
  const due = await redis.zrange(later, '-inf', Date.now(), 'BYSCORE', 'LIMIT', 0, 20)
  if (due.length === 0) break
  // Either all of it happens or nothing.
  const replies = await redis
    .multi()
    .lpush(waiting, ...due)
    .zrem(later, ...due)
    .exec()
  assert.deepEqual(replies[1], [null, due.length])
}
await Promise.all(workers)

// What the dead worker had in hand goes back to the queue, and somebody else does it.
assert.equal(await redis.llen(inHand('dan')), 1)
const rescued = await redis.lmove(inHand('dan'), waiting, 'RIGHT', 'RIGHT')
await work('ada')

const values = await redis.hgetall(results)
assert.equal(Object.keys(values).length, JOBS)
for (const job of jobs) {
  const { id, n } = JSON.parse(job)
  assert.equal(values[id], String(n * n))
}
assert.equal(await redis.exists(waiting, later, ...names.map(inHand)), 0)
assert.equal(
  [...done.values()].reduce((sum, count) => sum + count, 0),
  JOBS,
)

console.log('worker  jobs')
for (const [name, count] of done) console.log(`${name.padEnd(6)}  ${String(count).padStart(4)}`)
console.log(`${JOBS} jobs done once each; dan died with ${rescued} in hand`)

await redis.del(keys)
redis.disconnect()
