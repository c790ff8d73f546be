// config.test.ts: the table of directives against redis-server 8.2.3: names, defaults, what may
// be set to what, the words of each refusal, and the file CONFIG REWRITE leaves.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { core } from '#src/core.js'
import { Configuration } from '#src/engine/config/configuration.js'
import { loadConfiguration } from '#src/engine/config/load.js'
import { rewriteConfiguration } from '#src/engine/config/rewrite.js'
import { faultLine } from '#src/features/config/commands.js'
import { directivesOf } from '#src/features/config/notes.js'
import { redis8, withoutReference } from '../support/references.ts'
import type { Decoded } from '../support/resp.ts'
import { freePort, startReference } from '../support/servers.ts'
import { Wire } from '../support/wire.ts'
import {
  genericValues,
  ownNames,
  placed,
  rewriteSample,
  specialValues,
  theirLines,
} from './config-cases.ts'

const directives = directivesOf(core)

const skip = redis8 === undefined ? withoutReference : false

test('knows every directive of the reference, with its default', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const theirs = pairsOf((await wire.call('CONFIG', 'GET', '*')).value)
  const ours = new Map(new Configuration(directives).get(['*']))
  const names = [...ours.keys()].filter((name) => !ownNames.includes(name))
  assert.deepEqual(names.sort(), [...theirs.keys()].sort())
  for (const [name, text] of theirs) {
    if (!placed.includes(name)) assert.equal(ours.get(name), text, name)
  }
  for (const { name, hidden, initial } of directives) {
    if (!hidden) continue
    const known = pairsOf((await wire.call('CONFIG', 'GET', name)).value)
    assert.equal(known.get(name), initial.text, name)
  }
})

test('takes and refuses the same values in the same words', { skip }, async () => {
  await using server = await startReference(['--enable-protected-configs', 'yes'])
  const wire = await server.connect()
  const config = new Configuration(directives)
  let compared = 0
  const differences: string[] = []
  for (const [name, values] of casesOf(config)) {
    const before = await valueAt(wire, name)
    for (const value of values) {
      const difference = await compareSet(wire, config, name, value)
      if (difference !== undefined) differences.push(difference)
      compared++
    }
    await wire.call('CONFIG', 'SET', name, latin1(before))
    config.set([[name, before]], true)
  }
  assert.deepEqual(differences, [])
  assert.ok(compared > 1000, `only ${compared} values were compared`)
})

test('refuses combinations of CONFIG SET as the reference does', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const config = new Configuration(directives)
  const cases = [
    ['maxclients', '100', 'maxclients', '200'],
    ['slave-priority', '1', 'replica-priority', '2'],
    ['port', '1', 'databases', '2'],
    ['MAXMEMORY', '1', 'Databases', '3'],
    ['nosuch', '1', 'databases', '2'],
    ['databases', '2', 'nosuch', '1'],
    ['maxmemory', '5mb', 'timeout', 'abc'],
    ['dir', '/tmp'],
    ['dbfilename', 'x'],
    ['no\r\nsuch', '1'],
    ['timeout', '5', 'TimeOut', 'x'],
    ['SLAVE-PRIORITY', 'x'],
    ['hz', '1000', 'timeout', 'x'],
  ]
  for (const words of cases) {
    const { raw } = await wire.call('CONFIG', 'SET', ...words)
    assert.equal(setReply(config, pairsIn(words), false), raw.toString('latin1'), words.join(' '))
  }
  assert.equal(config.get(['hz'])[0]![1], await valueAt(wire, 'hz'))
})

test('CONFIG REWRITE leaves the same file', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rubellite-test-'))
  const path = join(folder, 'redis.conf')
  const place = [`port ${await freePort()}`, 'bind 127.0.0.1', `dir ${folder}`]
  const sample = [...place, ...rewriteSample.lines].join('\n')
  writeFileSync(path, sample, 'latin1')
  await rewriteByReference(path, Number(place[0]!.slice(5)))
  const theirs = readFileSync(path, 'latin1').split('\n')
  rmSync(folder, { recursive: true })

  const config = new Configuration(directives)
  const sources = { include: () => '', rename: () => 'renamed' as const }
  assert.equal(loadConfiguration(config, sample, sources), undefined)
  for (const words of rewriteSample.sets) assert.equal(config.set(pairsIn(words), true), undefined)
  const ours = rewriteConfiguration(sample, config).split('\n')
  assert.deepEqual(comparable(ours), comparable(theirs))
})

/** Starts the reference on a configuration file, sets what the sample sets, and rewrites. */
async function rewriteByReference(path: string, port: number): Promise<void> {
  const child = spawn(redis8!.path, [path], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    const wire = await open(port)
    await wire.call('AUTH', 'a"b')
    for (const words of [...rewriteSample.sets.map((set) => ['SET', ...set]), ['REWRITE']]) {
      const { raw } = await wire.call('CONFIG', ...words.map(latin1))
      assert.equal(raw.toString('latin1'), '+OK\r\n')
    }
    wire.close()
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function open(port: number): Promise<Wire> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await Wire.open(port)
    } catch (error) {
      if (attempt === 100) throw error
      await sleep(50)
    }
  }
}

/** The reference appends in the order of a seeded hash: that part is compared as a set. */
function comparable(lines: readonly string[]): readonly string[] {
  const signature = lines.indexOf('# Generated by CONFIG REWRITE')
  assert.ok(signature > 0)
  const added = lines.slice(signature).filter((line) => !theirLines.test(line))
  return [...lines.slice(0, signature), ...added.sort()]
}

/** Names and values from words in turn. */
function pairsIn(words: readonly string[]): (readonly [string, string])[] {
  return words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1]!] as const] : []))
}

function casesOf(config: Configuration): [string, readonly string[]][] {
  const names = config.get(['*']).map(([name]) => name)
  const shared = names.filter((name) => !ownNames.includes(name))
  return shared.map((name) => [name, [...genericValues(name), ...(specialValues[name] ?? [])]])
}

async function compareSet(wire: Wire, config: Configuration, name: string, value: string) {
  const { raw } = await wire.call('CONFIG', 'SET', name, latin1(value))
  const theirs = raw.toString('latin1')
  const setting = config.find(name)!
  const ours = setReply(config, [[name, value]], true)
  if (
    setting.directive.effect.state === 'refused' &&
    ours.includes(setting.directive.effect.note)
  ) {
    return theirs === '+OK\r\n' ? undefined : `${name} '${value}': refused for another reason`
  }
  if (ours !== theirs) return `${name} '${value}': ${theirs} here ${ours}`
  if (ours !== '+OK\r\n') return undefined
  const text = await valueAt(wire, name)
  return text === setting.text ? undefined : `${name} '${value}' is ${text}, here ${setting.text}`
}

function setReply(
  config: Configuration,
  pairs: readonly (readonly [string, string])[],
  trusted: boolean,
): string {
  const fault = config.set(pairs, trusted)
  return fault === undefined ? '+OK\r\n' : `-${faultLine(fault)}\r\n`
}

async function valueAt(wire: Wire, name: string): Promise<string> {
  const pairs = pairsOf((await wire.call('CONFIG', 'GET', name)).value)
  return pairs.get(name) ?? ''
}

function pairsOf(reply: Decoded): Map<string, string> {
  const pairs = new Map<string, string>()
  if (!('items' in reply)) return pairs
  for (let i = 0; i < reply.items.length; i += 2) {
    pairs.set(bytesOf(reply.items[i]!), bytesOf(reply.items[i + 1]!))
  }
  return pairs
}

function bytesOf(value: Decoded): string {
  return value.kind === 'bulk' ? value.bytes.toString('latin1') : ''
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
