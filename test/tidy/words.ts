// words.ts: what may not be written where: names, globals, error texts, paths of one machine.
import { basename } from 'node:path'
import {
  isExportAssignment,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { type CodeFile, files, lineOf, typescriptIn, walk } from './code.ts'

/** The folders that must also run where there is no Node. */
const portable = ['src/bytes', 'src/formats', 'src/engine', 'src/types', 'src/features']

/** Globals of a platform, and what to take instead. */
const banned: Record<string, string> = {
  Buffer: 'Uint8Array',
  Date: 'the clock port',
  TextDecoder: 'bytes/text/utf8.ts',
  TextEncoder: 'bytes/text/utf8.ts',
  clearTimeout: 'engine deadlines',
  console: 'the log port',
  fetch: 'a port',
  globalThis: 'a parameter',
  performance: 'the clock port',
  process: 'a port',
  queueMicrotask: 'engine deadlines',
  setImmediate: 'engine deadlines',
  setInterval: 'engine deadlines',
  setTimeout: 'engine deadlines',
}

export function bannedGlobals(): string[] {
  return inTrees(portableFiles(), (node, file) => {
    if (isPropertyAccessExpression(node) && node.getText(file.tree) === 'Math.random') {
      return 'uses Math.random: take the random port'
    }
    if (!isIdentifier(node) || !isFree(node)) return undefined
    const instead = Object.hasOwn(banned, node.text) ? banned[node.text] : undefined
    return instead === undefined ? undefined : `uses ${node.text}: take ${instead}`
  })
}

/** True for a name that is looked up, false for one that is being given or belongs to an object. */
function isFree(node: Node): boolean {
  const { parent } = node
  if (isPropertyAccessExpression(parent)) return parent.expression === node
  return !('name' in parent) || parent.name !== node
}

const errorText = new RegExp(
  '^-?(ERR|WRONGTYPE|WRONGPASS|NOAUTH|NOPERM|NOPROTO|EXECABORT|OOM|BUSYKEY|BUSY|MISCONF|LOADING|' +
    'READONLY|NOREPLICAS|MASTERDOWN|NOSCRIPT|UNKILLABLE|CROSSSLOT|MOVED|ASK) \\w',
)

/** Error replies stand in tables: one for what is shared, one in each folder that has its own. */
export function strayErrors(): string[] {
  const table = /^src\/(engine\/contract|(types|features)\/[^/]+)\/errors\.ts$/
  const outside = portableFiles().filter(({ path }) => !table.test(path))
  return inTrees(outside, (node) => {
    if (!isStringLiteral(node) && !isNoSubstitutionTemplateLiteral(node)) return undefined
    return errorText.test(node.text) ? `words an error: it belongs in an errors.ts` : undefined
  })
}

export function defaultExports(): string[] {
  return inTrees(typescriptIn('src', 'test', 'bench'), (node) => {
    const isDefault = isExportAssignment(node) || node.kind === SyntaxKind.DefaultKeyword
    const isClause = node.parent?.kind === SyntaxKind.DefaultClause
    return isDefault && !isClause && !isSwitchDefault(node) ? 'exports a default' : undefined
  })
}

function isSwitchDefault(node: Node): boolean {
  return node.parent?.kind === SyntaxKind.CaseBlock || node.kind === SyntaxKind.DefaultClause
}

const vague = /(Manager|Helper|Util|Utils|Impl|Base|Common|Misc)$/

/** Names that say nothing about what a thing is. */
export function vagueNames(): string[] {
  const code = typescriptIn('src', 'test', 'bench')
  const inFiles = code
    .filter(({ path }) => vague.test(camel(basename(path).split('.')[0] ?? '')))
    .map(({ path }) => `${path} has a name that says nothing`)
  const inCode = inTrees(code, (node) => {
    if (!isIdentifier(node) || !('name' in node.parent) || node.parent.name !== node) return
    return /^[A-Z]/.test(node.text) && vague.test(node.text)
      ? `${node.text} says nothing`
      : undefined
  })
  return [...inFiles, ...inCode]
}

function camel(kebab: string): string {
  return `-${kebab}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** Kebab-case, as a name reads on every file system. */
export function misspelledFiles(): string[] {
  return files
    .filter(({ path }) => /^(src|test|bench|scripts)\//.test(path) && !path.endsWith('.md'))
    .filter(({ path }) => path.split('/').some((part) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(part)))
    .map(({ path }) => `${path} is not in kebab-case`)
}

/** A type or feature is a folder whose module is its index.ts. */
export function foldersWithoutIndex(): string[] {
  const places = files.flatMap(({ path }) => /^src\/(?:types|features)\/[^/]+\//.exec(path) ?? [])
  return [...new Set(places)]
    .filter((folder) => !files.some(({ path }) => path === `${folder}index.ts`))
    .map((folder) => `${folder} has no index.ts`)
}

/** Every file says first what it is. */
export function silentFiles(): string[] {
  return files
    .filter(({ path }) => /\.(ts|mjs)$/.test(path))
    .filter(({ text }) => !/^(#!.*\n)?(\/\/|\/\*)/.test(text))
    .map(({ path }) => `${path} does not open with a comment that says what it is`)
}

/** Paths that exist on one machine only, and hosts that a lock file must not name. */
export function machinePaths(): string[] {
  const place = /(?<![\w.])\/(?:home|root|Users|work|mnt)\/\w|registry\.\w+\.\w+/
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, i) => (place.test(line) ? [`${path}:${i + 1} names a machine`] : [])),
  )
}

/** Comments that switch the compiler off. */
export function silencedCompiler(): string[] {
  const silenced = new RegExp(`@ts-(${'nocheck'}|${'ignore'})`)
  return files.flatMap(({ path, text }) =>
    path.endsWith('.ts') && silenced.test(text) ? [`${path} silences the compiler`] : [],
  )
}

/** Calls that may detach a buffer, which would slow every typed array of the process down. */
export function transfers(): string[] {
  const call =
    /\b(structuredClone|postMessage)\([^)]*,|\.transfer(ToFixedLength)?\(|\btransferList\b/
  return files.flatMap(({ path, text }) =>
    path.startsWith('src/') && path.endsWith('.ts') && call.test(text)
      ? [`${path} may detach a buffer: docs/decisions/compiled-for-serving.md`]
      : [],
  )
}

function portableFiles(): CodeFile[] {
  return typescriptIn(...portable).filter(({ path }) => !/\.(test|model)\.ts$/.test(path))
}

type Judge = (node: Node, file: CodeFile) => string | undefined

function inTrees(code: CodeFile[], judge: Judge): string[] {
  const found: string[] = []
  for (const file of code) {
    if (file.tree === undefined) continue
    walk(file.tree, (node) => {
      const fault = judge(node, file)
      if (fault !== undefined) found.push(`${file.path}:${lineOf(file, node)} ${fault}`)
    })
  }
  return found
}
