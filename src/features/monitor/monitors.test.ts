// monitors.test.ts: whom the lines of MONITOR are kept from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage } from '#test/support/stage.js'

test('a monitor that asked for silence is shown nothing, until it hears again', () => {
  const stage = new Stage()
  const monitor = stage.openNamed('monitor')
  const client = stage.open()
  monitor.feed('MONITOR\r\n')
  stage.heard = []
  client.feed('ECHO seen\r\n')
  assert.match(stage.heard.join(), /"ECHO" "seen"/)
  monitor.feed('CLIENT REPLY SKIP\r\n')
  stage.heard = []
  client.feed('ECHO skipped\r\n')
  assert.deepEqual(stage.heard, [])
  monitor.feed('PING\r\n')
  client.feed('ECHO again\r\n')
  assert.match(stage.heard.join(), /"ECHO" "again"/)
  monitor.feed('CLIENT REPLY OFF\r\n')
  stage.heard = []
  client.feed('ECHO unseen\r\n')
  assert.deepEqual(stage.heard, [])
})
