// shown.test.ts: how an embedded database looks in logs, and what its program may do with it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Rubellite } from './rubellite.ts'

test('a database, its sessions and messages show themselves in one short line', async () => {
  const db = await Rubellite.open({ clock: 'manual' })
  db.call('MSET', 'a', 1, 'b', 2)
  const session = db.session()
  session.call('SELECT', 3)
  session.call('SET', 'c', 3)
  const messages = db.subscribe('news')
  assert.equal(inspect(db), "Rubellite { keys: 3, clock: 'manual', closed: false }")
  assert.equal(inspect(session), 'EmbeddedSession { database: 3, closed: false }')
  assert.equal(inspect(messages), 'Messages { unread: 0, closed: false }')
  const text = JSON.stringify({ db, session, messages })
  assert.equal(
    text,
    '{"db":{"keys":3,"clock":"manual","closed":false},' +
      '"session":{"database":3,"closed":false},"messages":{"unread":0,"closed":false}}',
  )
  await db.close()
  assert.match(inspect(db), /closed: true/)
  assert.match(inspect(session), /closed: true/)
  assert.match(inspect(messages), /closed: true/)
  await using other = await Rubellite.open()
  assert.match(inspect({ other }), /^\{\s+other: Rubellite \{ keys: 0, clock: 'system'/)
})

test('DEBUG is for the program, and for clients where that is configured', async () => {
  await using db = await Rubellite.open()
  assert.equal(db.call('DEBUG', 'SET-ACTIVE-EXPIRE', 0), 'OK')
  assert.equal(db.session().call('DEBUG', 'SLEEP', 0), 'OK')
  const socket = createConnection(Number(new URL(await db.listen()).port))
  const stream = db.connect()
  for (const client of [socket, stream]) {
    client.write('DEBUG SLEEP 0\r\n')
    const [reply] = await once(client, 'data')
    assert.match(String(reply), /^-ERR DEBUG command not allowed/)
    client.destroy()
  }
})
