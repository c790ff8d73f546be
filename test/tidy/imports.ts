// imports.ts: which file imports which, and which files nobody uses.
import { dirname, join } from 'node:path'
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isNamedImports,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { type CodeFile, files, lineOf, typescriptIn, walk } from './code.ts'

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
  const isTest = (path: string) => !path.startsWith('src/') || path.endsWith('.test.ts')
  for (const path of entries.filter(isTest)) reach(path)
  const usedByTests = new Set(living)
  living.clear()
  for (const path of entries) if (!path.endsWith('.test.ts')) reach(path)
  return all
    .filter(({ path }) => !living.has(path) && !path.endsWith('.test.ts'))
    .filter(({ path }) => (path.startsWith('src/') ? !isForTests(path) : !usedByTests.has(path)))
    .map(({ path }) => `${path} is used by nothing`)
}

/** A naive twin, or what several tests stand on, exists for tests. */
function isForTests(path: string): boolean {
  return path.endsWith('.model.ts')
}

/** Where something begins: the library, the program, a test, or a file that says how to run it. */
function isEntry({ path, text }: CodeFile): boolean {
  if (/^src\/(index|testing|module|cli\/main)\.ts$/.test(path) || path.endsWith('.test.ts'))
    return true
  const compiled = `dist/${path.replace(/^src\//, '').replace(/\.ts$/, '.js')}`
  return text.includes(`node ${compiled}`) || mentions.some((script) => script.includes(compiled))
}

const mentions = files.filter(({ path }) => /^(scripts|bin)\//.test(path)).map(({ text }) => text)

export interface Import {
  /** A path from the repository's folder, or the name of a package. */
  target: string
  line: number
  /** Whether nothing of it is left when it runs. */
  isType: boolean
}

/** What a file imports, the files included that it starts by themselves. */
export function importsOf(file: CodeFile): Import[] {
  const found: Import[] = []
  if (file.tree === undefined) return found
  walk(file.tree, (node) => {
    const specifier = specifierOf(node)
    if (specifier === undefined) return
    const target = resolve(file.path, specifier)
    found.push({ target, line: lineOf(file, node), isType: isTypeImport(node) })
  })
  return found
}

function isTypeImport(node: Node): boolean {
  if (isExportDeclaration(node)) return node.isTypeOnly
  if (!isImportDeclaration(node) || node.importClause === undefined) return false
  const { phaseModifier, namedBindings } = node.importClause
  if (phaseModifier === SyntaxKind.TypeKeyword) return true
  if (namedBindings === undefined || !isNamedImports(namedBindings)) return false
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
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
  const ours = /^#(src|test)\/(.*)\.js$/.exec(specifier)
  if (ours !== null) return `${ours[1]}/${ours[2]}.ts`
  return specifier
}
