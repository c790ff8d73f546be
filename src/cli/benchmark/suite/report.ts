// report.ts: the table of a suite: each figure, its ratio to the others', and how it stands.
import { ratioText, tableText, wholeText } from '../report/table.ts'
import type { ScenarioRow } from './scenario.ts'

/** The rows as a table, then why some have no figures, then the count of each mark. */
export function suiteText(rows: readonly ScenarioRow[], names: readonly string[]): string {
  const [ours = '', ...others] = names
  const compared = others.flatMap((name) => [name, 'ratio'])
  const head = ['scenario', 'unit', ours, ...compared, 'must', 'aim', 'mark']
  const measured = rows.filter(({ skipped }) => skipped === undefined)
  const lines = measured.map((row) => [
    `${row.scenario} ${row.metric}`,
    row.unit,
    figureText(Object.values(row.figures)[0]),
    ...others.flatMap((name) => [
      figureText(row.figures[name]),
      ratioText(row.ratios[name] ?? Number.NaN),
    ]),
    targetText(row.must),
    targetText(row.aim),
    row.mark,
  ])
  const skipped = rows
    .filter((row) => row.skipped !== undefined)
    .map((row) => `${row.scenario} ${row.metric}: skipped, ${row.skipped}\n`)
  return `${tableText(head, lines)}${skipped.join('')}${countText(rows)}\n`
}

function countText(rows: readonly ScenarioRow[]): string {
  const count = (mark: string) => rows.filter((row) => row.mark.startsWith(mark)).length
  return `${count('PASS')} PASS, ${count('near')} near, ${count('FAIL')} FAIL`
}

// Large figures are read by their thousands, small ones by their decimals.
function figureText(figure: number | undefined): string {
  if (figure === undefined || Number.isNaN(figure)) return '-'
  return figure >= 1000 ? wholeText(figure) : figure.toFixed(2)
}

function targetText(target: number | undefined): string {
  if (target === undefined) return ''
  return target >= 1000 ? wholeText(target) : String(target)
}
