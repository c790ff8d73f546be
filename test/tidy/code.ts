// code.ts: our own code as the tidy rules see it: every file as text, TypeScript also as a tree.
// The tree is read through the compiler's own interface, which TypeScript 7 still calls unstable;
// the version is pinned in package.json for that reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'
import { root } from '../support/root.ts'

export interface CodeFile {
  /** From the repository's folder, with slashes. */
  path: string
  text: string
  lines: string[]
  /** Undefined for what is no TypeScript, or belongs to no project. */
  tree: SourceFile | undefined
}

/** Folders with files that people write. */
const written = ['src', 'test', 'bench', 'scripts', 'examples', 'docs', '.ci', 'bin']
const generated = /^(test\/transcripts\/.*\.txt|bench\/results\/|docs\/reference\/)/

/** Every file of ours, without what a program writes. */
export const files: CodeFile[] = readAll()

/** The TypeScript files of one folder of the repository, tests included. */
export function typescriptIn(...folders: string[]): CodeFile[] {
  return files.filter(
    ({ path }) => path.endsWith('.ts') && folders.some((folder) => path.startsWith(`${folder}/`)),
  )
}

/** The line on which a node begins, as editors count. */
export function lineOf(file: CodeFile, node: Node): number {
  return file.text.slice(0, node.getStart(file.tree)).split('\n').length
}

/** Visits a node and all below it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

function readAll(): CodeFile[] {
  const names = readdirSync(root).filter((name) => /\.(md|json)$/.test(name))
  const paths = [...names, ...written.flatMap(filesBelow)].filter((path) => !generated.test(path))
  const trees = readTrees()
  return paths.sort().map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, lines: text.split('\n'), tree: trees.get(path) }
  })
}

function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
}

function readTrees(): Map<string, SourceFile> {
  const trees = new Map<string, SourceFile>()
  const api = new API({ cwd: root })
  const configs = readdirSync(root).filter((name) => /^tsconfig\.\w+\.json$/.test(name))
  const openProjects = configs.filter((name) => name !== 'tsconfig.base.json')
  const snapshot = api.updateSnapshot({ openProjects: openProjects.map((one) => join(root, one)) })
  for (const project of snapshot.getProjects()) {
    for (const name of project.rootFiles) {
      const tree = project.program.getSourceFile(name)
      if (tree !== undefined) trees.set(name.slice(root.length + 1).replaceAll('\\', '/'), tree)
    }
  }
  api.close()
  return trees
}
