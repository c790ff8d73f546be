// imports.ts: who may import whom, as ARCHITECTURE.md says, and which files nobody uses.
//
// The table has the columns `folder` and `may import`. Its cells hold names of folders below src,
// of files directly in src, `node:*` for Node's own modules, names of packages, `nothing` or
// `everything`, separated by commas. A folder may import itself, but in `types` and `features` one
// folder may not import its neighbour unless a row says so.
import { dirname, join } from 'node:path'
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { type CodeFile, files, lineOf, typescriptIn, walk } from './code.ts'

/** Folders whose own subfolders are kept apart. */
const divided = ['types', 'features', 'stack']

export function forbiddenImports(): string[] {
  const table = readTable()
  if (table.size === 0) return ['ARCHITECTURE.md has no table with the columns folder | may import']
  const found: string[] = []
  for (const file of typescriptIn('src')) {
    if (file.path.endsWith('.test.ts')) continue
    const unit = unitOf(file.path)
    const row = rowOf(table, unit)
    if (row === undefined) found.push(`${file.path} is in no row of the table`)
    for (const { target, line } of importsOf(file)) {
      const wanted = target.startsWith('src/') ? unitOf(target) : target
      if (row === undefined || wanted === unit || allows(row, wanted)) continue
      found.push(`${file.path}:${line} imports ${target}, which the table does not allow`)
    }
  }
  return found
}

/** Files that no entry point leads to; code that only its own test uses is dead too. */
export function deadFiles(): string[] {
  const all = typescriptIn('src', 'test', 'bench')
  const byPath = new Map(all.map((file) => [file.path, file]))
  const living = new Set<string>()
  const reach = (path: string): void => {
    const file = byPath.get(path)
    if (file === undefined || living.has(path)) return
    living.add(path)
    for (const { target } of importsOf(file)) reach(target)
  }
  const entries = all.filter(isEntry).map((file) => file.path)
  for (const path of entries.filter((entry) => !entry.startsWith('src/'))) reach(path)
  const usedByTests = new Set(living)
  living.clear()
  for (const path of entries) if (!path.endsWith('.test.ts')) reach(path)
  return all
    .filter(({ path }) => !living.has(path) && !path.endsWith('.test.ts'))
    .filter(({ path }) => (path.startsWith('src/') ? !isForTests(path) : !usedByTests.has(path)))
    .map(({ path }) => `${path} is used by nothing`)
}

/** A naive twin exists for the test of what it is the twin of. */
function isForTests(path: string): boolean {
  return path.endsWith('.model.ts')
}

/** Where something begins: the library, the program, a test, or a file that says how to run it. */
function isEntry({ path, text }: CodeFile): boolean {
  if (/^src\/(index|testing|cli\/main)\.ts$/.test(path) || path.endsWith('.test.ts')) return true
  const compiled = `dist/${path.replace(/^src\//, '').replace(/\.ts$/, '.js')}`
  return text.includes(`node ${compiled}`) || mentions.some((script) => script.includes(compiled))
}

const mentions = files.filter(({ path }) => /^(scripts|bin)\//.test(path)).map(({ text }) => text)

interface Import {
  /** A path from the repository's folder, or the name of a package. */
  target: string
  line: number
}

function importsOf(file: CodeFile): Import[] {
  const found: Import[] = []
  if (file.tree === undefined) return found
  walk(file.tree, (node) => {
    const specifier = specifierOf(node)
    if (specifier === undefined) return
    found.push({ target: resolve(file.path, specifier), line: lineOf(file, node) })
  })
  return found
}

function specifierOf(node: Node): string | undefined {
  // A file that is started by itself is named by its compiled form: new URL('./worker.js', …).
  if (isStringLiteral(node) && /^\.{1,2}\/.+\.js$/.test(node.text)) {
    return node.text.replace(/js$/, 'ts')
  }
  if (isImportDeclaration(node) || isExportDeclaration(node)) {
    const { moduleSpecifier } = node
    return moduleSpecifier && isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined
  }
  if (!isCallExpression(node) || node.expression.kind !== SyntaxKind.ImportKeyword) return undefined
  const [argument] = node.arguments
  return argument !== undefined && isStringLiteral(argument) ? argument.text : undefined
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return join(dirname(from), specifier).replaceAll('\\', '/')
  if (specifier.startsWith('#src/')) {
    return `src/${specifier.slice('#src/'.length).replace(/\.js$/, '.ts')}`
  }
  return specifier
}

/** `src/types/string/get.ts` is of the unit `types/string`, `src/bytes/span.ts` of `bytes`. */
function unitOf(path: string): string {
  const [, first = '', second = ''] = path.split('/')
  return divided.includes(first) && !second.endsWith('.ts') ? `${first}/${second}` : first
}

type Table = Map<string, string[]>

function readTable(): Table {
  const table: Table = new Map()
  const text = files.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? ''
  const [, rows = ''] = text.split(/^\| *folder *\| *may import *\|.*\n\|[-| ]+\n/m)
  for (const line of rows.split('\n')) {
    if (!line.startsWith('|')) break
    const [, folders = '', allowed = ''] = line.split('|')
    for (const folder of words(folders)) {
      table.set(folder, [...(table.get(folder) ?? []), ...words(allowed)])
    }
  }
  return table
}

function words(cell: string): string[] {
  const names = cell.split(',').map((word) => word.replaceAll('`', '').trim())
  return names.filter((word) => word !== '').map((word) => word.replace(/^src\/|\/$/g, ''))
}

/** What a unit may import: its own row and that of the folder around it. */
function rowOf(table: Table, unit: string): string[] | undefined {
  const around = unit.includes('/') ? table.get(unit.split('/')[0] ?? '') : undefined
  const own = table.get(unit)
  return own === undefined && around === undefined ? undefined : [...(own ?? []), ...(around ?? [])]
}

function allows(row: string[], wanted: string): boolean {
  if (row.includes('everything') || row.includes(wanted)) return true
  if (wanted.startsWith('node:')) return row.includes('node:*')
  return row.includes(wanted.split('/')[0] ?? '')
}
