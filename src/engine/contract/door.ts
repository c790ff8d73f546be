// door.ts: how what the author of a module from outside declares (author.ts) becomes a module of
// the house (module.ts).

import { type Command, defineCommand as makeCommand } from '../command/command.ts'
import { flagNames } from '../command/flags.ts'
import type {
  LoadableModule,
  ModuleCommand,
  ModuleDeclaration,
  ModuleEngine,
  ModuleGate,
  ModuleObjectType,
  ModulePart,
  ModuleSection,
  ObjectTypeDeclaration,
} from './author.ts'
import type { DataType } from './datatype.ts'
import { type Gate, PASS } from './gates.ts'
import { type Hooks, type InfoSection, MODULE_API, type Module } from './module.ts'
import { defineObjectType as makeObjectType } from './object-type.ts'

/** Declares a command of a module, to be listed in its `commands`. */
export function defineCommand(declared: ModuleCommand): ModuleCommand {
  return Object.freeze(declared)
}

/**
 * Declares a type whose values are objects, to be listed in a module's `types`.
 * @throws RangeError when name or version are not as described
 */
export function defineObjectType<T extends object>(
  declaration: ObjectTypeDeclaration<T>,
): ModuleObjectType<T> {
  return makeObjectType(declaration)
}

/**
 * Declares what a module keeps for each engine, since a program may have several.
 * @param create makes it, when it is first asked for
 */
export function definePart<T extends object>(create: (engine: ModuleEngine) => T): ModulePart<T> {
  // By the engine itself: the numbers of the house (parts.ts) are of one copy of the library.
  const parts = new WeakMap<ModuleEngine, T>()
  return {
    of(engine) {
      let part = parts.get(engine)
      if (part === undefined) {
        part = create(engine)
        parts.set(engine, part)
      }
      return part
    },
  }
}

/** Declares a gate of a module, to be listed in its `gates`. */
export function defineGate(declared: ModuleGate): ModuleGate {
  return Object.freeze(declared)
}

/**
 * Declares a module.
 * @throws Error naming the module when a declaration contradicts itself
 */
export function defineModule(declared: ModuleDeclaration): LoadableModule {
  const { name } = declared
  try {
    return Object.freeze(moduleOf(declared)) as LoadableModule
  } catch (error) {
    throw new Error(`module '${name}': ${error instanceof Error ? error.message : String(error)}`)
  }
}

function moduleOf(declared: ModuleDeclaration): Module {
  const { name } = declared
  if (!/^[a-z0-9][\w-]*$/.test(name)) throw new Error('the name is no word in lower case')
  const directives = declared.directives ?? []
  const stray = directives.find((directive) => !directive.name.startsWith(`${name}.`))
  if (stray !== undefined) throw new Error(`the directive '${stray.name}' must begin '${name}.'`)
  return {
    name,
    version: declared.version ?? 1,
    api: MODULE_API,
    types: (declared.types ?? []) as readonly DataType<unknown>[],
    aux: declared.aux ?? [],
    commands: (declared.commands ?? []).map((command) => commandOf(command, name)),
    categories: declared.categories ?? [],
    gates: (declared.gates ?? []).map(gateOf),
    directives,
    info: (declared.info ?? []).map((section) => sectionOf(section, name)),
    hooks: hooksOf(declared),
  }
}

/**
 * Of what goes on, only what the author wants to be told: dispatch/hooks.ts has a list for each
 * kind.
 */
function hooksOf(declared: ModuleDeclaration): Hooks {
  const { name, onUnload, onTick, onSessionStart, onSessionEnd } = declared
  return {
    onLoad(engine, args) {
      for (const gate of engine.modules.find((module) => module.name === name)?.gates ?? []) {
        engine.armed |= engine.gates.bitOf(gate)
      }
      declared.onLoad?.(engine, args)
    },
    ...(onUnload && { onUnload }),
    ...(onTick && { onTick }),
    ...(onSessionStart && { onSessionStart }),
    ...(onSessionEnd && { onSessionEnd }),
  }
}

function commandOf(declared: ModuleCommand, module: string): Command {
  const { subcommands, ...own } = declared
  const inner = subcommands?.map((command) => commandOf(command, module))
  const isContainer = inner !== undefined
  return makeCommand({
    ...own,
    // Authors keep no scratch objects, so that any of their commands may run others.
    flags: [...(own.flags ?? []), 'runs_commands'],
    group: 'module',
    module,
    ...(isContainer ? { subcommands: inner } : {}),
  })
}

/** Armed as long as its module is there: which commands it sees is its own choice. */
function gateOf({ name, after, applies, check }: ModuleGate): Gate {
  return {
    name,
    after,
    applies: ({ fullName, flags }) => applies({ name: fullName, flags: flagNames(flags) }),
    check(ctx, _command, args) {
      check(ctx, args)
      return PASS
    },
  }
}

function sectionOf({ name, fields }: ModuleSection, module: string): InfoSection {
  const title = name === undefined ? module : `${module}_${name}`
  return {
    name: title.toLowerCase(),
    title,
    byDefault: 'everything',
    *fields(engine) {
      for (const [field, value] of fields(engine)) yield [`${module}_${field}`, value] as const
    },
  }
}
