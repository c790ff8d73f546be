// notes.ts: the directives as COMPATIBILITY.md lists them.

import { Configuration } from '../../engine/config/configuration.ts'
import type { Directive } from '../../engine/config/directive.ts'
import { LINE_DIRECTIVES, RETIRED } from '../../engine/config/load.ts'
import type { Module } from '../../engine/contract/module.ts'

export type DirectiveNote = {
  readonly name: string
  /** The older name, if there is one. */
  readonly alias: string | undefined
  /** What its values are. */
  readonly kind: string
  /** The default as CONFIG GET prints it. */
  readonly initial: string
  readonly state: 'acts' | 'no effect' | 'refused'
  /** A sentence on what is different here; empty when nothing is. */
  readonly note: string
}

const LINE_NOTES = new Map<string, Pick<DirectiveNote, 'state' | 'note'>>([
  ['include', { state: 'acts', note: '' }],
  ['rename-command', { state: 'acts', note: '' }],
  [
    'user',
    {
      state: 'refused',
      note:
        'Access control lists are not available yet; only a line that grants the default user ' +
        'everything, without a password, is accepted.',
    },
  ],
  [
    'loadmodule',
    {
      state: 'acts',
      note: 'Modules are JavaScript: docs/guide/modules.md. Those in C cannot be loaded.',
    },
  ],
  ['sentinel', { state: 'refused', note: 'There is no sentinel mode yet.' }],
])

/** The directives of modules, in the order in which they are listed. */
export function directivesOf(modules: readonly Module[]): readonly Directive[] {
  const config = new Configuration(modules.flatMap((module) => module.directives ?? []))
  return config.settings.map(({ directive }) => directive)
}

/** Every directive by name, with what becomes of it here. */
export function directiveNotes(directives: readonly Directive[]): readonly DirectiveNote[] {
  const settings = directives.map(({ name, alias, kind, initial, effect }): DirectiveNote => {
    const { state, note } = effect
    return { name, alias, kind: kind.name, initial: initial.text, state, note }
  })
  const lines = LINE_DIRECTIVES.map((name): DirectiveNote => {
    return { name, alias: undefined, kind: 'line', initial: '', ...LINE_NOTES.get(name)! }
  })
  const retired = RETIRED.map((name): DirectiveNote => {
    const note = 'Retired: ignored in files, as redis-server does.'
    return { name, alias: undefined, kind: 'line', initial: '', state: 'no effect', note }
  })
  return [...settings, ...lines, ...retired].sort((a, b) => (a.name < b.name ? -1 : 1))
}
