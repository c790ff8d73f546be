// rooms.ts: who may import whom, as ARCHITECTURE.md says, and that no circle comes of it.
//
// The table has the columns `folder`, `may import` and, where that differs, `types also of`. Its
// cells hold names of folders below src, however deep, of files directly in src, `node:*` for
// Node's own modules, names of packages, `nothing` or `everything`, separated by commas. A folder
// that the table names is a room: what lies in it or deeper is of the innermost room around it, and
// what is allowed to a folder is allowed to the rooms in it. A room may import itself.
import { type CodeFile, files, typescriptIn } from './code.ts'
import { importsOf } from './imports.ts'

/** Folders whose own subfolders are kept apart, named or not. */
const divided = ['types', 'features', 'stack']

/** What a folder may import: all of it, or its types only. */
interface Row {
  imports: string[]
  types: string[]
}

type Table = Map<string, Row>

export function forbiddenImports(): string[] {
  const table = readTable()
  if (table.size === 0) return ['ARCHITECTURE.md has no table with the columns folder | may import']
  const found: string[] = []
  for (const file of code()) {
    const room = roomOf(table, file.path)
    const { imports, types } = allowed(table, room)
    if (imports.length === 0) found.push(`${file.path} is in no row of the table`)
    for (const { target, line, isType } of importsOf(file)) {
      const wanted = target.startsWith('src/') ? roomOf(table, target) : target
      if (wanted === room || allows(imports, wanted) || (isType && allows(types, wanted))) continue
      found.push(`${file.path}:${line} imports ${target}, which the table does not allow`)
    }
  }
  return found
}

/** Imports that close a circle of rooms; types that name each other are no circle. */
export function circles(): string[] {
  const table = readTable()
  const crossings = code().flatMap((file) => crossingsOf(table, file))
  const next = new Map<string, Set<string>>()
  for (const { from, to } of crossings) next.set(from, (next.get(from) ?? new Set()).add(to))
  const reached = new Map([...next.keys()].map((room) => [room, roomsBehind(room, next)]))
  return crossings
    .filter(({ from, to }) => reached.get(to)?.has(from))
    .map(({ from, to, text }) => `${text}, and ${to} leads back to ${from}`)
}

interface Crossing {
  from: string
  to: string
  text: string
}

/** What a file imports of other rooms that is there when it runs. */
function crossingsOf(table: Table, file: CodeFile): Crossing[] {
  const from = roomOf(table, file.path)
  return importsOf(file)
    .filter(({ target, isType }) => !isType && target.startsWith('src/'))
    .map(({ target, line }) => {
      return { from, to: roomOf(table, target), text: `${file.path}:${line} imports ${target}` }
    })
    .filter(({ to }) => to !== from)
}

/** All rooms that one leads to, over whatever others. */
function roomsBehind(room: string, next: Map<string, Set<string>>): Set<string> {
  const rooms = new Set<string>(next.get(room))
  // What is added on the way is visited, too.
  for (const one of rooms) for (const further of next.get(one) ?? []) rooms.add(further)
  return rooms
}

function code(): CodeFile[] {
  return typescriptIn('src').filter(({ path }) => !/\.(test|model)\.ts$/.test(path))
}

/**
 * `src/types/string/commands/get.ts` is of the room `types/string`, `src/bytes/memory/span.ts` of
 * `bytes`.
 */
function roomOf(table: Table, path: string): string {
  const parts = path.split('/').slice(1)
  for (let depth = parts.length; depth > 1; depth--) {
    const folder = parts.slice(0, depth).join('/')
    if (table.has(folder)) return folder
  }
  const [first = '', second = ''] = parts
  return divided.includes(first) && !second.endsWith('.ts') ? `${first}/${second}` : first
}

function readTable(): Table {
  const table: Table = new Map()
  const text = files.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? ''
  const [, rows = ''] = text.split(/^\| *folder *\| *may import *\|.*\n\|[-| ]+\n/m)
  for (const line of rows.split('\n')) {
    if (!line.startsWith('|')) break
    const [, folders = '', imports = '', types = ''] = line.split('|')
    for (const folder of words(folders)) {
      const row = table.get(folder) ?? { imports: [], types: [] }
      row.imports.push(...words(imports))
      row.types.push(...words(types))
      table.set(folder, row)
    }
  }
  return table
}

function words(cell: string): string[] {
  const names = cell.split(',').map((word) => word.replaceAll('`', '').trim())
  return names.filter((word) => word !== '').map((word) => word.replace(/^src\/|\/$/g, ''))
}

/** What a room may import: what its own row says, and those of the folders around it. */
function allowed(table: Table, room: string): Row {
  const rows = around(room).flatMap((folder) => table.get(folder) ?? [])
  return {
    imports: rows.flatMap(({ imports }) => imports),
    types: rows.flatMap(({ types }) => types),
  }
}

function allows(names: string[], wanted: string): boolean {
  if (names.includes('everything')) return true
  if (wanted.startsWith('node:')) return names.includes('node:*')
  return around(wanted).some((folder) => names.includes(folder))
}

/** `a/b/c`, `a/b` and `a`. */
function around(folder: string): string[] {
  const parts = folder.split('/')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/'))
}
