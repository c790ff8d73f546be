// index.ts: every command and subcommand of redis-server 8.2.3: those that are implemented, and
// the declarations of those that are not yet.

import { core } from '#src/core.js'
import { Command, type Declaration, defineCommand } from '#src/engine/command/command.js'
import { aclCommands } from './acl.ts'
import { clientCommands } from './client.ts'
import { clusterCommands } from './cluster.ts'
import { clusterChangeCommands } from './cluster-changes.ts'
import { connectionCommands } from './connection.ts'
import { genericCommands } from './generic.ts'
import { observeCommands } from './observe.ts'
import { replicationCommands } from './replication.ts'
import { scriptingCommands } from './scripting.ts'
import { serverCommands } from './server.ts'
import { vectorSetCommands } from './vector-set.ts'

/** Declarations that wait for a handler. */
export const waiting: readonly Declaration[] = [
  ...genericCommands,
  ...connectionCommands,
  ...clientCommands,
  ...serverCommands,
  ...replicationCommands,
  ...aclCommands,
  ...observeCommands,
  ...scriptingCommands,
  ...clusterCommands,
  ...clusterChangeCommands,
  ...vectorSetCommands,
]

/** What engines have: commands and subcommands of the core modules. */
export const implemented: readonly Command[] = core
  .flatMap((module) => module.commands ?? [])
  .flatMap((command) => [command, ...command.subcommands])

/** All of them. */
export function everyCommand(): readonly Command[] {
  const names = new Set(implemented.map((command) => command.fullName))
  const rest = assemble(waiting).filter((command) => !names.has(command.fullName))
  return [...implemented.map((command) => completed(command, rest)), ...rest]
}

/** A command with those of its subcommands that have no handler yet. */
function completed(command: Command, rest: readonly Command[]): Command {
  const missing = rest.filter(({ fullName }) => fullName.startsWith(`${command.fullName}|`))
  if (missing.length === 0) return command
  const subcommands = [...command.subcommands, ...missing]
  return Object.assign(Object.create(Command.prototype), command, { subcommands })
}

/** Commands that have a handler, and a declaration that should have moved to it. */
export function leftBehind(): string[] {
  const names = new Set(implemented.map((command) => command.fullName))
  return assemble(waiting)
    .map((command) => command.fullName)
    .filter((name) => names.has(name))
}

/** Makes commands of declarations; those named after another one become its subcommands. */
export function assemble(declarations: readonly Declaration[]): Command[] {
  return declarations.map((declaration) => {
    const mine = declarations.filter((other) => other.name.startsWith(declaration.name + ' '))
    if (mine.length === 0) return defineCommand(declaration)
    return defineCommand({ ...declaration, subcommands: mine.map(defineCommand) })
  })
}
