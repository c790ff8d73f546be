// load.ts: loads modules from files. The host imports a file, which takes its time; a module is
// taken in when its file is there, between two commands.

import { type Module, moduleBehind } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { load, unload } from '../../engine/dispatch/install.ts'
import { type Origin, origins } from './loaded.ts'

/** What to load, and what its directives are set to. */
export type LoadRequest = Origin & { readonly settings: ReadonlyMap<string, string> }

/**
 * Loads a module from its file.
 * @param isStrict whether settings that are not this module's are refused (MODULE LOADEX)
 * @returns the names of the settings that it has; undefined when it could not be loaded: the log
 *   says why
 */
export async function loadModule(
  engine: Engine,
  request: LoadRequest,
  isStrict: boolean,
): Promise<readonly string[] | undefined> {
  const { path, args, settings } = request
  try {
    const module = exported(await engine.host.importFile?.(path))
    const own = (module.directives ?? []).map(({ name }) => name).filter((one) => settings.has(one))
    if (isStrict && own.length < settings.size) {
      throw new Error('it has no directives of some of the names that were given')
    }
    engine.beginBatch()
    load(engine, module, args, () => {
      for (const name of own) engine.config.amend(name, settings.get(name)!)
    })
    engine.part(origins).set(module, { path, args })
    engine.host.log('notice', `Module '${module.name}' loaded from ${path}`)
    return own
  } catch (error) {
    engine.host.log('warning', `Module ${path} failed to load: ${reasonOf(error)}`)
    return undefined
  }
}

/**
 * Takes a module out again.
 * @param name in any case
 * @returns why that cannot be; undefined when it is done
 */
export function unloadModule(engine: Engine, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const module = engine.modules.find((one) => one.version !== undefined && one.name === wanted)
  if (module === undefined) return 'no such module with that name'
  const reason = reasonAgainst(engine, module)
  if (reason !== undefined) return reason
  unload(engine, module)
  engine.part(origins).delete(module)
  engine.host.log('notice', `Module ${module.name} unloaded`)
  return undefined
}

function reasonAgainst(engine: Engine, module: Module): string | undefined {
  // What a program gave its engine is the program's to keep.
  if (!engine.part(origins).has(module)) return "the module can't be unloaded"
  if ((module.types ?? []).length > 0) {
    return "the module exports one or more module-side data types, can't unload"
  }
  const waits = [...engine.sessions.values()].some(({ blocked }) => {
    const { command } = blocked?.command.parent ?? blocked?.command ?? {}
    return command !== undefined && module.commands?.includes(command)
  })
  if (!waits) return undefined
  return 'the module has blocked clients. Please wait for them to be unblocked and try again'
}

/** The module that a file exports, as `default` or as `module`; CommonJS wraps both once more. */
function exported(file: unknown): Module {
  const places = [file, fieldOf(file, 'default')]
  const found = places.flatMap((place) => [fieldOf(place, 'default'), fieldOf(place, 'module')])
  const module = found.find((one) => fieldOf(one, 'api') !== undefined)
  if (module === undefined) {
    throw new Error("it exports no module as 'default' or as 'module': see defineModule")
  }
  return moduleBehind(module)
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message
  return String(fieldOf(error, 'reason') ?? error)
}
