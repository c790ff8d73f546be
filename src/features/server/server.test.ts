// server.test.ts: INFO and its neighbours through an engine, with a host that only notes things.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage } from '#test/support/stage.js'
import type { Host, ShutdownOptions } from '../../engine/contract/ports.ts'
import { VERSION } from '../../engine/contract/version.ts'
import { humanBytes } from './info-format.ts'

/** An engine whose clock is moved by hand; `call` gives the bytes of the reply. */
function open(host: Partial<Host> = {}) {
  const stage = new Stage({ now: 1_700_000_000_000, host })
  const { engine, clock, client } = stage
  let end = ''
  client.loopback.onClose = () => {
    end = '(closed)'
  }
  const send = (text: string) => client.feed(text) + end
  const call = (line: string) => send(`${line}\r\n`)
  const info = (line: string) => fieldsOf(call(line))
  return { engine, clock, send, call, info }
}

function fieldsOf(text: string): Map<string, string> {
  return new Map(text.split('\r\n').map((line) => [line.split(':')[0]!, line.split(':')[1]!]))
}

function headings(text: string): string {
  return [...text.matchAll(/# (\w+)/g)].map((match) => match[1]).join(' ')
}

const USUAL =
  'Server Clients Memory Persistence Threads Stats Replication CPU Modules Errorstats Cluster ' +
  'Keyspace'

test('INFO shows the sections that are asked for, each once and in their order', () => {
  const { call } = open()
  const all = USUAL.replace('Errorstats', 'Commandstats Errorstats Latencystats')
  assert.equal(headings(call('INFO')), USUAL)
  assert.equal(headings(call('INFO default')), USUAL)
  assert.equal(headings(call('INFO ALL')), all)
  assert.equal(headings(call('INFO everything cpu nosuch')), all)
  assert.equal(headings(call('INFO cpu cpu SERVER')), 'Server CPU')
  assert.equal(headings(call('INFO module_list')), 'Modules')
  assert.equal(headings(call('INFO all debug keysizes')), `${all} Keysizes Debug`)
  assert.equal(headings(call('INFO nosuch')), '')
})

test('INFO names the version of Redis that is spoken beside our own', () => {
  const { info } = open()
  assert.equal(info('INFO server').get('rubellite_version'), VERSION)
  assert.equal(info('INFO server').get('redis_version'), '8.2.3')
})

test('INFO tells what the host tells', () => {
  const { info } = open({
    processId: 42,
    listeners: [
      { name: 'tcp', binds: ['127.0.0.1', '-::1'], port: 7000 },
      { name: 'unix', binds: ['/tmp/s'], port: 0 },
    ],
    memory: () => ({ resident: 3 << 20, system: 5 * 2 ** 30 }),
    processor: () => ({ user: 1_500_000, system: 20, mainThread: { user: 7, system: 0 } }),
  })
  const server = info('INFO server')
  assert.equal(server.get('process_id'), '42')
  assert.equal(server.get('listener0'), 'name=tcp,bind=127.0.0.1,bind=-')
  assert.equal(server.get('listener1'), 'name=unix,bind=/tmp/s')
  assert.equal(info('INFO memory').get('used_memory_rss_human'), '3.00M')
  assert.equal(info('INFO memory').get('total_system_memory_human'), '5.00G')
  assert.equal(info('INFO cpu').get('used_cpu_user'), '1.500000')
  assert.equal(info('INFO cpu').get('used_cpu_sys'), '0.000020')
  assert.equal(info('INFO cpu').get('used_cpu_user_main_thread'), '0.000007')
  assert.equal(info('INFO cpu').get('used_cpu_sys_main_thread'), '0.000000')
})

test('INFO counts time and changes', () => {
  const { info, call, clock } = open()
  call('SET a 1')
  call('SET b 1')
  clock.ms += 90_061_000
  assert.equal(info('INFO server').get('uptime_in_seconds'), '90061')
  assert.equal(info('INFO server').get('uptime_in_days'), '1')
  assert.equal(info('INFO persistence').get('rdb_changes_since_last_save'), '2')
  assert.equal(info('INFO persistence').get('rdb_last_save_time'), '1700000000')
})

test('INFO remembers the peak of memory, RESETSTAT does not forget it', () => {
  const { info, call, engine, clock } = open()
  call('SETRANGE big 500000 x')
  clock.ms += 1000
  engine.tick()
  call('DEL big')
  call('CONFIG RESETSTAT')
  const memory = info('INFO memory')
  assert.ok(Number(memory.get('used_memory_peak')) >= 500_000)
  assert.ok(Number(memory.get('used_memory')) < 100_000)
  assert.equal(memory.get('used_memory_peak_time'), '1700000001')
})

test('instantaneous figures look back 1.6 seconds', () => {
  const { info, send, engine, clock } = open()
  for (let i = 0; i < 20; i++) {
    clock.ms += 100
    engine.tick()
    send('PING\r\n'.repeat(5))
  }
  const stats = info('INFO stats')
  assert.ok(Math.abs(Number(stats.get('instantaneous_ops_per_sec')) - 50) <= 1)
  assert.equal(stats.get('instantaneous_input_kbps'), ((50 * 6) / 1024).toFixed(2))
})

test('latencies are kept while latency-tracking is on, and shown at the shares asked for', () => {
  const { info, call } = open()
  call('CONFIG SET latency-tracking no')
  call('SET a 1')
  assert.equal(info('INFO latencystats').get('latency_percentiles_usec_set'), undefined)
  call('CONFIG SET latency-tracking yes')
  call('SET a 1')
  call('CONFIG SET latency-tracking-info-percentiles "0.0 50.0 99.9 100"')
  const latencies = info('INFO latencystats')
  const set = latencies.get('latency_percentiles_usec_set') ?? ''
  assert.match(set, /^p0=[\d.]+,p50=[\d.]+,p99\.9=[\d.]+,p100=[\d.]+$/)
  assert.ok(latencies.has('latency_percentiles_usec_config|set'))
  call('CONFIG RESETSTAT')
  assert.equal(info('INFO latencystats').get('latency_percentiles_usec_set'), undefined)
})

test('commands of the same batch are timed before INFO shows them', () => {
  const { send } = open()
  const reply = send('SET a 1\r\nGET a\r\nINFO commandstats latencystats\r\n')
  assert.match(reply, /cmdstat_get:calls=1,/)
  assert.match(reply, /latency_percentiles_usec_get:p50=/)
})

test('TIME stands still in a transaction', () => {
  const { call, send } = open()
  assert.equal(call('TIME'), '*2\r\n$10\r\n1700000000\r\n$1\r\n0\r\n')
  const reply = send('MULTI\r\nTIME\r\nKEYS *\r\nTIME\r\nEXEC\r\n')
  const times = reply.match(/\$10\r\n\d+\r\n\$\d\r\n\d+/g) ?? []
  assert.equal(times.length, 2)
  assert.equal(times[0], times[1])
})

test('SHUTDOWN asks the host, answers nothing and runs nothing behind it', () => {
  const asked: ShutdownOptions[] = []
  const shutdown = (options: ShutdownOptions) => asked.push(options) > 0
  assert.equal(open({ shutdown }).send('SHUTDOWN\r\nPING\r\n'), '(closed)')
  assert.equal(open({ shutdown }).call('SHUTDOWN NOSAVE NOW'), '(closed)')
  assert.equal(open({ shutdown }).call('shutdown save force'), '(closed)')
  assert.deepEqual(asked, [
    { save: 'configured', now: false, force: false },
    { save: 'no', now: true, force: false },
    { save: 'yes', now: false, force: true },
  ])
})

test('SHUTDOWN answers an error when the host refuses', () => {
  const { call } = open()
  assert.equal(call('SHUTDOWN'), '-ERR Errors trying to SHUTDOWN. Check logs.\r\n')
  assert.equal(call('PING'), '+PONG\r\n')
})

test('LOLWUT draws what its seed says in the width asked for', () => {
  const one = open().call('LOLWUT VERSION 5 30 1 1')
  assert.equal(open().call('LOLWUT VERSION 5 30 1 1'), one)
  const lines = one.split('\r\n')[1]!.trimEnd().split('\n')
  assert.deepEqual(lines.slice(-2), [`Rubellite ver. ${VERSION}`, 'Redis ver. 8.2.3'])
  const art = lines.slice(0, -3)
  assert.equal(art.length, 15)
  assert.ok(art.every((line) => line.length <= 30))
  assert.ok(art.join('').trim().length > 50)
  assert.doesNotMatch(open().call('LOLWUT VERSION 7'), /\n\n/)
})

test('bytes are shown to people as redis-server shows them', () => {
  const shown = [0, 1023, 1024, 1536, 1 << 20, 5 * 2 ** 30, 2 ** 40, 2 ** 50, 2 ** 52].map(
    humanBytes,
  )
  assert.deepEqual(shown, '0B 1023B 1.00K 1.50K 1.00M 5.00G 1.00T 1.00P 4.00P'.split(' '))
})
