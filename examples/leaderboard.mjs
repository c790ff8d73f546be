// leaderboard.mjs: a leaderboard of a game, with node-redis: points come in all the time, and
// players ask for the top, for their own rank and for who is around them.
//   REDIS_URL=redis://127.0.0.1:6379 node examples/leaderboard.mjs
import assert from 'node:assert/strict'
import { createClient } from 'redis'

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const client = await createClient({ url }).connect()
const prefix = 'example:leaderboard'
const weeks = [1, 2].map((week) => `${prefix}:week:${week}`)
const total = `${prefix}:total`
await client.del([...weeks, total])

// What the database must know in the end, kept here in a plain map.
const expected = new Map()
let state = 42
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

for (const week of weeks) {
  const events = Array.from({ length: 2500 }, () => [`player:${below(200)}`, 1 + below(100)])
  for (const [player, points] of events) expected.set(player, (expected.get(player) ?? 0) + points)
  // One promise for each event: the client sends them together, as a pipeline.
  await Promise.all(events.map(([player, points]) => client.zIncrBy(week, points, player)))
}
await client.zUnionStore(total, weeks)

// The best first; players with equal points in the order of their names, as a reversed range.
const ranking = [...expected].sort(([a, one], [b, other]) => other - one || (a < b ? 1 : -1))

const top = await client.zRangeWithScores(total, 0, 4, { REV: true })
assert.deepEqual(
  top.map(({ value, score }) => [value, score]),
  ranking.slice(0, 5),
)

const [someone, points] = ranking[100]
assert.equal(await client.zRevRank(total, someone), 100)
assert.equal(await client.zScore(total, someone), points)
const around = await client.zRange(total, 99, 101, { REV: true })
assert.deepEqual(
  around,
  ranking.slice(99, 102).map(([player]) => player),
)

const strong = ranking.filter(([, score]) => score >= 1500).length
assert.equal(await client.zCount(total, 1500, '+inf'), strong)
assert.equal(await client.zCard(total), expected.size)

// Those who left: the last ten go, all at once.
assert.equal(await client.zRemRangeByRank(total, 0, 9), 10)
assert.equal(await client.zCard(total), expected.size - 10)
assert.equal(await client.zScore(total, ranking.at(-1)[0]), null)

console.log('rank  player      points')
for (const [i, { value, score }] of top.entries()) {
  console.log(`${String(i + 1).padStart(4)}  ${value.padEnd(10)}  ${String(score).padStart(6)}`)
}
console.log(`${strong} of ${expected.size} players have 1500 points or more`)

await client.del([...weeks, total])
await client.close()
