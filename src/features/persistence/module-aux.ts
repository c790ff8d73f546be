// module-aux.ts: what modules keep in the file beside the values of their types.

import type { Engine } from '../../engine/dispatch/engine.ts'
import type { RdbFileWriter } from '../../formats/rdb/file-writer.ts'
import { moduleId, moduleName, moduleVersion } from '../../formats/rdb/module-id.ts'
import { ModuleReader } from '../../formats/rdb/module-reader.ts'
import { rdbModulePlace } from '../../formats/rdb/opcodes.ts'
import { RdbError, type RdbReader } from '../../formats/rdb/reader.ts'

/** Lets all modules write what they keep before or after the keys. */
export function saveModules(engine: Engine, file: RdbFileWriter, place: 'before' | 'after'): void {
  const { beforeKeys, afterKeys } = rdbModulePlace
  for (const module of engine.modules) {
    for (const aux of module.aux ?? []) {
      const id = moduleId(aux.name, aux.version)
      const number = place === 'before' ? beforeKeys : afterKeys
      file.module(id, number, (to) => aux.save(engine, place, to))
    }
  }
}

/**
 * Hands what a file has of a module to it.
 * @returns why that is impossible, undefined where it was done
 * @throws RdbError where the data is damaged
 */
export function loadModule(
  engine: Engine,
  { id, place }: { id: bigint; place: number },
  from: RdbReader,
): string | undefined {
  const name = moduleName(id)
  const aux = engine.modules.flatMap((module) => module.aux ?? []).find((one) => one.name === name)
  if (aux === undefined) {
    return `The RDB file contains AUX module data I can't load: no matching module '${name}'`
  }
  const reader = new ModuleReader(from)
  try {
    const when = place === rdbModulePlace.beforeKeys ? 'before' : 'after'
    aux.load(engine, when, reader, moduleVersion(id))
  } catch (error) {
    if (error instanceof RdbError || !(error instanceof Error)) throw error
    from.fail(`${name}: ${error.message}`)
  }
  reader.end()
  return undefined
}
