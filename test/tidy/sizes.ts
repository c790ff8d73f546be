// sizes.ts: how long a line, a function and a file may be, and how deep code may nest.
import {
  isArrowFunction,
  isCallExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isIfStatement,
  isMethodDeclaration,
  isSetAccessorDeclaration,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { type CodeFile, files, lineOf, typescriptIn, walk } from './code.ts'

const lineMax = 100
const fileMax = 500
/** What nine files of ten in src stay below. */
const mostFilesMax = 220
const functionMax = 50
const parametersMax = 4
const depthMax = 3

const isCode = (file: CodeFile) => /\.(ts|mjs)$/.test(file.path)

export function longLines(): string[] {
  return files.filter(isCode).flatMap(({ path, lines }) => {
    const long = lines.flatMap((line, i) => (line.length > lineMax ? [i + 1] : []))
    return long.map((number) => `${path}:${number} is longer than ${lineMax} characters`)
  })
}

export function longFiles(): string[] {
  const long = files.filter((file) => isCode(file) && file.lines.length - 1 > fileMax)
  return long.map(({ path, lines }) => `${path} has ${lines.length - 1} lines, not ${fileMax}`)
}

/** The tenth of all files that is longest, where that begins above the limit. */
export function manyLongFiles(): string[] {
  const code = typescriptIn('src').filter(({ path }) => !path.endsWith('.test.ts'))
  const byLength = code.sort((a, b) => b.lines.length - a.lines.length)
  const tenth = byLength.slice(0, Math.ceil(code.length / 10))
  const long = tenth.every(({ lines }) => lines.length - 1 > mostFilesMax) ? tenth : []
  return long.map(
    ({ path, lines }) => `${path} has ${lines.length - 1} lines: too many have so many`,
  )
}

export function longFunctions(): string[] {
  return inFunctions((file, node) => {
    // The body of a `describe` is a chapter of tests, not a function to follow.
    if (isDescribed(node)) return undefined
    const end = file.text.slice(0, node.end).split('\n').length
    const length = end - lineOf(file, node) + 1
    return length > functionMax ? `has ${length} lines, not ${functionMax}` : undefined
  })
}

/** Hot inner functions of `bytes` may take more: an object for each call would cost too much. */
export function manyParameters(): string[] {
  return inFunctions((file, { parameters }) => {
    if (file.path.startsWith('src/bytes/') || parameters.length <= parametersMax) return undefined
    return `takes ${parameters.length} parameters, not ${parametersMax}: use an options object`
  })
}

export function deepNesting(): string[] {
  return inFunctions((_, node) => {
    const depth = node.body === undefined ? 0 : depthOf(node.body)
    return depth > depthMax ? `nests ${depth} deep, not ${depthMax}` : undefined
  })
}

const deepening = new Set<SyntaxKind>([
  SyntaxKind.IfStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.SwitchStatement,
  SyntaxKind.CatchClause,
])

/** The deepest stack of control statements; an inner function begins anew. */
function depthOf(node: Node): number {
  let deepest = 0
  node.forEachChild((child) => {
    if (asFunction(child) !== undefined) return
    // `else if` continues a list of cases; it does not open another level.
    const isElseIf = isIfStatement(node) && node.elseStatement === child && isIfStatement(child)
    const step = deepening.has(child.kind) && !isElseIf ? 1 : 0
    deepest = Math.max(deepest, step + depthOf(child))
  })
  return deepest
}

type Function = NonNullable<ReturnType<typeof asFunction>>

function asFunction(node: Node) {
  if (isFunctionDeclaration(node) || isFunctionExpression(node)) return node
  if (isArrowFunction(node) || isMethodDeclaration(node)) return node
  if (isConstructorDeclaration(node)) return node
  if (isGetAccessorDeclaration(node) || isSetAccessorDeclaration(node)) return node
  return undefined
}

function inFunctions(judge: (file: CodeFile, node: Function) => string | undefined): string[] {
  const found: string[] = []
  for (const file of typescriptIn('src', 'test', 'bench')) {
    if (file.tree === undefined) continue
    walk(file.tree, (node) => {
      const one = asFunction(node)
      const fault = one === undefined ? undefined : judge(file, one)
      if (fault !== undefined) found.push(`${file.path}:${lineOf(file, node)} ${fault}`)
    })
  }
  return found
}

function isDescribed(node: Node): boolean {
  const { parent } = node
  if (!isCallExpression(parent) || !isIdentifier(parent.expression)) return false
  return parent.expression.text === 'describe'
}
