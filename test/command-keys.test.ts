// command-keys.test.ts: finds the keys of calls made up from the grammars, valid and damaged, and
// compares them with what redis-server 8.2.3 finds.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Words } from '#src/bytes/wire/request.js'
import type { Command } from '#src/engine/command/command.js'
import { NO_MANDATORY_KEYS } from '#src/engine/command/flags.js'
import { keyFlagNames } from '#src/engine/command/key-specs.js'
import { findKeys, fitsArity, hasKeys, KeyList } from '#src/engine/command/keys.js'
import { everyCommand } from './catalog/index.ts'
import { treeOf } from './metadata/reply-tree.ts'
import { damaged, sentence } from './metadata/sentences.ts'
import { redis8, withoutReference } from './support/references.ts'
import { Seed } from './support/seed.ts'
import { startReference } from './support/servers.ts'

const callsOfEach = 40

describe('keys in calls', { skip: redis8 === undefined ? withoutReference : false }, () => {
  it('are those that the reference finds, with the same flags', async () => {
    await using server = await startReference()
    const wire = await server.connect()
    const seed = new Seed(823)
    for (const command of everyCommand()) {
      if (command.subcommands.length > 0) continue
      const calls = Array.from({ length: callsOfEach }, () => callOf(command, seed))
      const asked = calls.map((call) => ['COMMAND', 'GETKEYSANDFLAGS', ...call])
      const replies = await wire.pipeline(asked)
      for (const [i, call] of calls.entries()) {
        assert.deepEqual(keysOf(command, call), treeOf(replies[i]!.value), call.join(' '))
      }
    }
  })
})

function callOf(command: Command, seed: Seed): string[] {
  const call = sentence(command, seed)
  return seed.chance(0.5) ? call : damaged(call, command.fullName.split('|').length, seed)
}

/** What COMMAND GETKEYSANDFLAGS answers. */
function keysOf(command: Command, call: readonly string[]): unknown {
  if (!hasKeys(command)) return 'error ERR The command has no key arguments'
  if (!fitsArity(command, call.length)) {
    return 'error ERR Invalid number of arguments specified for command'
  }
  const keys = new KeyList()
  const found = findKeys(command, wordsOf(['COMMAND', 'GETKEYS', ...call]), 2, keys)
  if (!found && command.flags & NO_MANDATORY_KEYS) return ['array']
  if (!found) return 'error ERR Invalid arguments specified for command'
  const entries = Array.from(keys.positions.subarray(0, keys.count), (position, i) => {
    const flags = keyFlagNames(keys.flags[i]!).map((name) => `simple ${name}`)
    return ['array', `bulk ${call[position]}`, ['array', ...flags]]
  })
  return ['array', ...entries]
}

function wordsOf(call: readonly string[]): Words {
  const words = new Words()
  words.bytes = Buffer.from(call.join(''), 'latin1')
  let at = 0
  for (const word of call) words.add(at, (at += word.length))
  return words
}
