// install.ts: takes modules into an engine and out of it: those it is made of, and those that come
// and go while it runs. A module whose names are taken is refused before anything of it is there.

import { isBuiltIn } from '../command/categories.ts'
import { BoundCommand } from '../command/table.ts'
import { CommandError } from '../contract/errors.ts'
import type { Module } from '../contract/module.ts'
import type { Engine } from './engine.ts'

/**
 * Takes modules in; their hooks are not called.
 * @throws Error naming the module and what it clashes with
 */
export function takeIn(engine: Engine, modules: readonly Module[]): void {
  const { table, gates, config, types } = engine
  for (const module of modules) {
    const clash = clashOf(engine, module)
    if (clash !== undefined) throw new Error(`module '${module.name}': ${clash}`)
    engine.modules.push(module)
    for (const directive of module.directives ?? []) config.add(directive)
    for (const gate of module.gates ?? []) gates.install(gate)
    for (const type of module.types ?? []) types.add(type)
    for (const command of module.commands ?? []) table.add(command.name, new BoundCommand(command))
  }
  table.admit(gates.maskOf)
  engine.refreshHooks()
}

/**
 * Takes a module into an engine that runs.
 * @param args for its `onLoad`
 * @param configure sets its directives, before its hooks are called
 * @throws Error saying why it cannot be; then nothing of it is there
 */
export function load(
  engine: Engine,
  module: Module,
  args: readonly string[],
  configure: () => void = () => {},
): void {
  takeIn(engine, [module])
  const { hooks } = module
  try {
    configure()
    hooks?.onLoad?.(engine, args)
    hooks?.onStart?.(engine)
  } catch (error) {
    takeOut(engine, module)
    throw error instanceof CommandError ? new Error(error.line) : error
  }
  for (const session of engine.sessions.values()) hooks?.onSessionStart?.(session)
}

/** Takes a module out that brought no types. */
export function unload(engine: Engine, module: Module): void {
  module.hooks?.onUnload?.(engine)
  takeOut(engine, module)
}

function takeOut(engine: Engine, module: Module): void {
  const { table, gates, config, modules, sessions } = engine
  modules.splice(modules.indexOf(module), 1)
  for (const command of module.commands ?? []) table.drop(command)
  for (const directive of module.directives ?? []) config.remove(directive)
  for (const gate of module.gates ?? []) {
    const bit = gates.remove(gate)
    engine.armed &= ~bit
    for (const session of sessions.values()) session.armed &= ~bit
  }
  for (const type of module.types ?? []) engine.types.remove(type)
  table.admit(gates.maskOf)
  engine.refreshHooks()
}

/** The first name that is taken; undefined where there is none. */
function clashOf(engine: Engine, module: Module): string | undefined {
  const { modules, table, config, types, gates } = engine
  if (modules.some(({ name }) => name === module.name)) return 'a module of that name is there'
  const sections = modules.flatMap(({ info }) => info ?? [])
  return (
    taken('command', module.commands, ({ name }) => table.get(name) !== undefined) ??
    taken('directive', module.directives, ({ name, alias }) => {
      return config.find(name) !== undefined || config.find(alias ?? name) !== undefined
    }) ??
    taken('type', module.types, (type) => types.has(type)) ??
    taken('INFO section', module.info, ({ name }) => sections.some((one) => one.name === name)) ??
    taken('gate', module.gates, () => false) ??
    taken('ACL category', named(module.categories), ({ name }) => {
      return isBuiltIn(name) || modules.some(({ categories }) => categories?.includes(name))
    }) ??
    strangeCategory(module) ??
    module.gates?.map((gate) => gates.fault(gate)).find((fault) => fault !== undefined)
  )
}

/** Says of an ACL category that nobody could name it, or that a command is in it undeclared. */
function strangeCategory({ categories = [], commands = [] }: Module): string | undefined {
  const odd = categories.find((name) => !/^[a-z0-9_-]+$/.test(name))
  if (odd !== undefined) return `the ACL category '${odd}' is no word in lower case`
  for (const command of commands.flatMap((one) => [one, ...one.subcommands])) {
    const stray = command.ownCategories.find((name) => !categories.includes(name))
    if (stray === undefined) continue
    return `the command '${command.fullName}' names the ACL category '${stray}', not declared`
  }
  return undefined
}

function named(names: readonly string[] = []): { readonly name: string }[] {
  return names.map((name) => ({ name }))
}

/** Says of the first thing whose name is taken, or that is named twice, that it exists. */
function taken<T extends { readonly name: string }>(
  what: string,
  things: readonly T[] = [],
  isTaken: (thing: T) => boolean,
): string | undefined {
  const names = things.map(({ name }) => name)
  const clash = things.find((thing, i) => isTaken(thing) || names.indexOf(thing.name) < i)
  return clash && `the ${what} '${clash.name}' exists already`
}
