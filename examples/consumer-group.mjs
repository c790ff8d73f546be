// consumer-group.mjs: a stream of orders that a group of consumers shares, with node-redis: each
// order is given to one of them, who acknowledges it; what a dead one leaves behind is taken over.
//   REDIS_URL=redis://127.0.0.1:6379 node examples/consumer-group.mjs
import assert from 'node:assert/strict'
import { createClient } from 'redis'

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const client = await createClient({ url }).connect()
const stream = 'example:orders'
const revenue = 'example:orders:revenue'
const group = 'billing'
await client.del([stream, revenue])
await client.xGroupCreate(stream, group, '0', { MKSTREAM: true })

const ORDERS = 500
const orders = Array.from({ length: ORDERS }, (_, i) => ({
  customer: `customer:${i % 17}`,
  cents: String(100 + ((i * 7919) % 900)),
}))
const expected = new Map()
for (const { customer, cents } of orders) {
  expected.set(customer, (expected.get(customer) ?? 0) + Number(cents))
}
const handled = new Map()

/** Books one order and acknowledges it, both or neither. */
async function handle(connection, consumer, { id, message }) {
  const { customer, cents } = message
  await connection.multi().hIncrBy(revenue, customer, Number(cents)).xAck(stream, group, id).exec()
  handled.set(consumer, (handled.get(consumer) ?? 0) + 1)
}

/** Reads new orders until none comes for a while; one that is `mortal` dies with some in hand. */
async function consume(consumer, mortal) {
  const connection = await client.duplicate().connect()
  for (;;) {
    const replies = await connection.xReadGroup(
      group,
      consumer,
      { key: stream, id: '>' },
      { COUNT: 10, BLOCK: 300 },
    )
    if (replies === null) break
    const { messages } = replies[0]
    if (mortal && (handled.get(consumer) ?? 0) >= 20) break
    for (const message of messages) await handle(connection, consumer, message)
  }
  await connection.close()
}

const ids = []
for (const order of orders.slice(0, 100)) ids.push(await client.xAdd(stream, '*', order))
await consume('cyd', true)
const consumers = [consume('ada', false), consume('bob', false)]
for (const order of orders.slice(100)) ids.push(await client.xAdd(stream, '*', order))
await Promise.all(consumers)

assert.equal(await client.xLen(stream), ORDERS)
const pending = await client.xPending(stream, group)
assert.deepEqual(
  pending.consumers?.map(({ name }) => name),
  ['cyd'],
)

// Ada takes over what Cyd has not acknowledged.
let start = '0-0'
let taken = 0
do {
  const { nextId, messages } = await client.xAutoClaim(stream, group, 'ada', 0, start, { COUNT: 4 })
  for (const message of messages) await handle(client, 'ada', message)
  taken += messages.length
  start = nextId
} while (start !== '0-0')
assert.equal(taken, pending.pending)

const booked = await client.hGetAll(revenue)
assert.equal(Object.keys(booked).length, expected.size)
for (const [customer, cents] of expected) assert.equal(booked[customer], String(cents))
assert.equal((await client.xPending(stream, group)).pending, 0)
const [info] = await client.xInfoGroups(stream)
assert.equal(info['last-delivered-id'], ids.at(-1))
assert.equal(info['entries-read'], ORDERS)
assert.equal(await client.xTrim(stream, 'MAXLEN', 100), ORDERS - 100)

console.log('consumer  orders')
for (const [name, count] of [...handled].sort()) {
  console.log(`${name.padEnd(8)}  ${String(count).padStart(6)}`)
}
console.log(`${ORDERS} orders booked once each; ada took over ${taken} of them`)

await client.del([stream, revenue])
await client.close()
