// keys.ts: COMMAND GETKEYS and GETKEYSANDFLAGS: where the keys of a call are.

import type { Words } from '../../bytes/wire/request.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { NO_MANDATORY_KEYS } from '../../engine/command/flags.ts'
import { writeKeyFlags } from '../../engine/command/info.ts'
import { findKeys, fitsArity, hasKeys, KeyList } from '../../engine/command/keys.ts'
import type { BoundCommand, CommandTable } from '../../engine/command/table.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { errors } from './errors.ts'

/** The word of the request at which the call that is asked about begins. */
const CALL = 2

const keys = new KeyList()

export const getKeys = defineCommand({
  name: 'COMMAND GETKEYS',
  group: 'server',
  since: '2.8.13',
  summary: 'Finds the keys in a call.',
  complexity: 'O(N) for N arguments',
  syntax: 'command arg*',
  flags: ['loading', 'stale'],
  categories: ['connection'],
  run(ctx, args, reply) {
    find(ctx.engine, args)
    reply.array(keys.count)
    for (let i = 0; i < keys.count; i++) reply.bulk(args.at(CALL + keys.positions[i]!))
  },
})

export const getKeysAndFlags = defineCommand({
  name: 'COMMAND GETKEYSANDFLAGS',
  group: 'server',
  since: '7.0.0',
  summary: 'Finds the keys in a call and says what happens to each.',
  complexity: 'O(N) for N arguments',
  syntax: 'command arg*',
  flags: ['loading', 'stale'],
  categories: ['connection'],
  run(ctx, args, reply) {
    find(ctx.engine, args)
    reply.array(keys.count)
    for (let i = 0; i < keys.count; i++) {
      reply.array(2)
      reply.bulk(args.at(CALL + keys.positions[i]!))
      writeKeyFlags(keys.flags[i]!, reply)
    }
  },
})

/** Fills `keys` with those of the call. @throws the error that says why it has none */
function find({ table }: Engine, { words }: Args): void {
  const command = commandOf(table, words)?.command
  if (command === undefined) throw errors.invalidCommand
  if (!hasKeys(command)) throw errors.noKeyArguments
  if (!fitsArity(command, words.count - CALL)) throw errors.invalidArgumentCount
  if (findKeys(command, words, CALL, keys)) return
  if ((command.flags & NO_MANDATORY_KEYS) === 0) throw errors.invalidArguments
}

/** The command that is called; a container alone is one too. */
function commandOf(table: CommandTable, words: Words): BoundCommand | undefined {
  const container = table.at(words, CALL)
  if (container === undefined || container.subcommands.size === 0) return container
  return words.count > CALL + 1 ? container.subcommands.at(words, CALL + 1) : container
}
