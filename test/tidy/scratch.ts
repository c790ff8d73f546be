// scratch.ts: objects that serve every call must not be in use when another command runs.
//
// Handlers keep what they work with in objects at the top of their files, since nothing is made for
// a command. Two commands of one file may therefore never overlap. `Dispatcher.invoke` refuses to
// run a command inside one that is not declared with `runs_commands`; this rule keeps such objects
// out of the files of those that are.
import { isNewExpression, isVariableStatement, type Node, NodeFlags } from 'typescript/unstable/ast'
import { type CodeFile, lineOf, typescriptIn } from './code.ts'

const runsOthers = /'runs_commands'|\bdispatcher\.(invoke|ask|again)\(/
/** Where nothing but the mechanism itself stands. */
const mechanism = /^src\/engine\/(\w+\/)?(dispatcher|command-flags)\.ts$/

export function scratchOfNestingCommands(): string[] {
  const nesting = typescriptIn('src').filter(
    ({ path, text }) =>
      !path.endsWith('.test.ts') && !mechanism.test(path) && runsOthers.test(text),
  )
  return nesting.flatMap((file) =>
    scratchIn(file).map(
      (node) => `${file.path}:${lineOf(file, node)} is shared by nested commands`,
    ),
  )
}

/** What stands at the top of a file and can change: `let`, and what `new` made. */
function scratchIn({ tree }: CodeFile): Node[] {
  const found: Node[] = []
  tree?.forEachChild((statement) => {
    if (!isVariableStatement(statement)) return
    const list = statement.declarationList
    const isLet = (list.flags & NodeFlags.Let) !== 0
    for (const one of list.declarations) {
      if (isLet || (one.initializer !== undefined && isNewExpression(one.initializer))) {
        found.push(one)
      }
    }
  })
  return found
}
