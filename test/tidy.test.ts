// tidy.test.ts: the house rules that neither the compiler nor the linter enforces.
import { describe, test } from 'node:test'
import { assertNone } from './support/none.ts'
import { hiddenChanges } from './tidy/changes.ts'
import { files } from './tidy/code.ts'
import { deadFiles } from './tidy/imports.ts'
import { circles, forbiddenImports } from './tidy/rooms.ts'
import { scratchOfNestingCommands } from './tidy/scratch.ts'
import * as sizes from './tidy/sizes.ts'
import * as words from './tidy/words.ts'

const rules: Record<string, () => string[]> = {
  'lines are at most 100 characters long': sizes.longLines,
  'files are at most 500 lines long': sizes.longFiles,
  'nine files of ten are at most 220 lines long': sizes.manyLongFiles,
  'functions are at most 50 lines long': sizes.longFunctions,
  'functions take at most 4 parameters': sizes.manyParameters,
  'code nests at most 3 deep': sizes.deepNesting,
  'folders import only what the table in ARCHITECTURE.md allows': forbiddenImports,
  'folders import each other in no circle, but for types': circles,
  'every file is used': deadFiles,
  'portable folders use no globals of a platform': words.bannedGlobals,
  'error texts stand in files called errors.ts only': words.strayErrors,
  'nothing is exported as default': words.defaultExports,
  'names say what a thing is': words.vagueNames,
  'file names are in kebab-case': words.misspelledFiles,
  'each type and feature has its index.ts': words.foldersWithoutIndex,
  'each file opens with a comment that says what it is': words.silentFiles,
  'nothing names a path or host of one machine': words.machinePaths,
  'the compiler is never silenced': words.silencedCompiler,
  'commands that run others share no objects between calls': scratchOfNestingCommands,
  'no buffer is ever transferred': words.transfers,
  'commands change the key space by way of engine/dispatch/changes.ts': hiddenChanges,
}

describe('tidy', () => {
  for (const [title, find] of Object.entries(rules)) {
    test(title, () => assertNone(find()))
  }

  test('each TypeScript file belongs to a project that is compiled', () => {
    const loose = files.filter(({ path, tree }) => path.endsWith('.ts') && tree === undefined)
    assertNone(loose.map(({ path }) => path))
  })

  test('the index of decisions names every page', () => {
    const pages = files.filter(({ path }) => /^docs\/decisions\/.+\.md$/.test(path))
    const index = pages.find(({ path }) => path.endsWith('/README.md'))?.text ?? ''
    const names = pages.map(({ path }) => path.slice('docs/decisions/'.length))
    assertNone(names.filter((name) => name !== 'README.md' && !index.includes(`(${name})`)))
  })
})
