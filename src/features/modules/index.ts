// index.ts: the module of modules from outside: those given to an engine, and those it loads.

import { defineModule, type InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { module } from './commands.ts'
import { directives } from './directives.ts'
import { outsideModules } from './loaded.ts'

const section: InfoSection = {
  name: 'modules',
  alias: 'module_list',
  byDefault: true,
  fields: (engine: Engine) =>
    outsideModules(engine).map(({ name, version, api }) => {
      const links = 'filters=0,usedby=[],using=[],options=[]'
      return ['module', `name=${name},ver=${version},api=${api},${links}`] as const
    }),
}

export const modules = defineModule({
  name: 'modules',
  commands: [module],
  directives,
  info: [section],
})
