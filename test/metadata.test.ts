// metadata.test.ts: everything that is derived from a declaration is what redis-server 8.2.3 says
// of the command. The fixture holds its facts; where the server is installed it is asked as well.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Command } from '#src/engine/command/command.js'
import { writeCommandDocs } from '#src/engine/command/docs.js'
import { writeCommandInfo } from '#src/engine/command/info.js'
import { deriveKeySpecs, keyFlagNames } from '#src/engine/command/key-specs.js'
import { arityOf, parseSyntax } from '#src/engine/command/syntax.js'
import { everyCommand, leftBehind } from './catalog/index.ts'
import { type Fact, factsOf } from './metadata/facts.ts'
import { type Tree, treeOf, written } from './metadata/reply-tree.ts'
import { redis8, withoutReference } from './support/references.ts'
import { root } from './support/root.ts'
import { startReference } from './support/servers.ts'

const file = join(root, 'test', 'fixtures', 'command-metadata-8.2.3.json')
const fixture: Record<string, Fact> = JSON.parse(readFileSync(file, 'utf8'))
const commands = everyCommand()

describe('what is derived from the declarations', () => {
  it('covers every command and subcommand of the reference, each once', () => {
    const names = commands.map((command) => command.fullName)
    assert.deepEqual(names.sort(), Object.keys(fixture).sort())
    assert.equal(names.length, 397)
  })

  it('moves to the handler when there is one', () => {
    assert.deepEqual(leftBehind(), [])
  })

  it('is what the reference says of each of them', () => {
    for (const command of commands) {
      assert.deepEqual(factsOf(command), fixture[command.fullName], command.fullName)
    }
  })

  it('needs fewer than 15 overrides', () => {
    const overrides = commands.flatMap(overridesOf)
    assert.ok(overrides.length < 15, overrides.join('\n'))
  })

  it('has a sentence for every command of the core', () => {
    for (const command of commands) {
      if (command.module === undefined) assert.match(command.summary ?? '', /^[A-Z].*\.$/)
    }
  })
})

describe('the reference itself', { skip: redis8 === undefined ? withoutReference : false }, () => {
  for (const protocol of [2, 3] as const) {
    it(`answers COMMAND INFO and DOCS in the same shapes in RESP${protocol}`, async () => {
      await using server = await startReference()
      const wire = await server.connect()
      await wire.call('HELLO', String(protocol))
      for (const command of commands) {
        const [info, docs] = await wire.pipeline([
          ['COMMAND', 'INFO', command.fullName],
          ['COMMAND', 'DOCS', command.fullName],
        ])
        const ours = written(protocol, (reply) => {
          reply.array(1)
          writeCommandInfo(command, reply)
        })
        assert.deepEqual(treeOf(ours), treeOf(info!.value), `INFO ${command.fullName}`)
        assert.deepEqual(docsOf(command, protocol), treeOf(docs!.value), command.fullName)
      }
    })
  }

  it('has no command that is not known here', async () => {
    await using server = await startReference()
    const wire = await server.connect()
    const { value } = await wire.call('COMMAND', 'LIST')
    const names =
      'items' in value ? value.items.map(treeOf).map((name) => String(name).slice(5)) : []
    assert.deepEqual(names.sort(), Object.keys(fixture).sort())
  })
})

function docsOf(command: Command, protocol: 2 | 3): Tree {
  return treeOf(
    written(protocol, (reply) => {
      reply.map(1)
      writeCommandDocs(command, reply)
    }),
  )
}

/** What a declaration states although the grammar says something else. */
function overridesOf(command: Command): string[] {
  const words = command.fullName.split('|').length
  const list = parseSyntax(command.syntax, command.keySpecs.length)
  const derived = command.subcommands.length > 0 ? -2 : arityOf(list, words)
  const overrides = derived === command.arity ? [] : [`${command.fullName}: arity ${command.arity}`]
  for (const [i, spec] of command.keySpecs.entries()) {
    const flags = keyFlagNames(spec.flags).join(' ')
    const unknown = { flags, begin: { type: 'unknown' }, find: { type: 'unknown' } } as const
    const before = command.keySpecs.slice(0, i).map(() => unknown)
    if (isDerived(() => deriveKeySpecs([...before, flags], list, words)[i], spec)) continue
    overrides.push(`${command.fullName}: key spec ${i}`)
  }
  return overrides
}

function isDerived(derive: () => unknown, spec: object): boolean {
  try {
    assert.deepEqual(derive(), { ...spec, note: undefined })
    return true
  } catch {
    return false
  }
}
