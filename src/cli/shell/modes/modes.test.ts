// modes.test.ts: the modes of the shell against a server in the same process.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { Rubellite } from '../../../node/embedded/rubellite.ts'

const index = new URL('../index.js', import.meta.url).href
const launcher = `import { shell } from '${index}'
process.exitCode = await shell(process.argv.slice(1))`

describe('the shell', () => {
  let db: Rubellite
  let url: string

  before(async () => {
    db = await Rubellite.open()
    url = await db.listen({ port: 0 })
    db.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu')
    for (let i = 0; i < 30; i++) db.call('SET', `key:${i}`, 'x'.repeat(i))
    for (let i = 0; i < 500; i++) db.call('GET', 'key:7')
  })

  after(() => db.close())

  /** What the shell prints; `killAfter` lines it is told to stop. */
  async function output(args: string[], killAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
    const all = ['--input-type=module', '-e', launcher, '--', '-u', url, ...args]
    const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.split('\n').length > killAfter) child.kill()
    })
    await new Promise((resolve) => child.on('close', resolve))
    return text.split('\n').slice(0, -1)
  }

  it('prints all keys, or those that match', async () => {
    const all = await output(['--scan'])
    assert.deepEqual(all.sort(), Array.from({ length: 30 }, (_, i) => `key:${i}`).sort())
    const some = await output(['--scan', '--pattern', 'key:1?', '--count', '5'])
    assert.equal(some.length, 10)
  })

  it('finds the biggest keys by elements and by memory', async () => {
    const lines = await output(['--bigkeys'])
    assert.ok(lines.includes('Sampled 30 keys in the keyspace!'))
    assert.ok(lines.includes('Biggest string found "key:29" has 29 bytes'))
    const total = '30 strings with 435 bytes (100.00% of keys, avg size 14.50)'
    assert.ok(lines.includes(total), lines.join('\n'))
    const memory = await output(['--memkeys', '-i', '0'])
    assert.ok(memory.some((line) => /^Biggest string found "key:2\d" has \d+ bytes$/.test(line)))
  })

  it('finds the keys that are used most', async () => {
    const lines = await output(['--hotkeys'])
    const summary = lines.slice(lines.indexOf('-------- summary -------'))
    assert.match(summary[3]!, /^hot key found with counter: \d+\tkeyname: "key:7"$/)
  })

  it('prints a line about the server at intervals', async () => {
    const lines = await output(['--stat', '-i', '0.05'], 4)
    assert.match(lines[0]!, /^-+ data -+ -+ load -+ - child -$/)
    assert.match(lines[2]!, /^30 {9}\d+\.\d\d[KM] +\d+ +0 +\d+ \(\+0\) +\d+/)
  })

  it('measures latency, of the server and of the machine', async () => {
    const [line] = await output(['--latency', '--csv', '-i', '0.1'])
    assert.match(line!, /^\d+,\d+,\d+\.\d\d,\d+$/)
    const spectrum = await output(['--latency-dist', '-i', '0.1'], 9)
    assert.equal(spectrum[0], '-'.repeat(45))
    const own = await output(['--intrinsic-latency', '1'])
    assert.match(own.at(-1)!, /^Worst run took \d+x longer than the average latency\.$/)
  })
})
