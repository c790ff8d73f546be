// match.ts: decides whether a printed reply is the one a transcript expects.

export interface MatchRules {
  isUnordered: boolean
  /** With a clock that stands still, `±` allows nothing. */
  isClockManual: boolean
}

/** True when the printed reply is what the expected lines describe. */
export function matches(expected: string[], actual: string, rules: MatchRules): boolean {
  const lines = actual.split('\n')
  if (rules.isUnordered) return sorted(expected) === sorted(lines)
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] ?? ''
    if (wanted === '…' && i === expected.length - 1) return true
    const line = lines[i]
    if (line === undefined || !lineMatches(wanted, line, rules.isClockManual)) return false
  }
  return lines.length === expected.length || actual === ''
}

function lineMatches(wanted: string, line: string, isClockManual: boolean): boolean {
  if (wanted.endsWith('…')) return line.startsWith(wanted.slice(0, -1))
  const about = /^(.*\(integer\) )(-?\d+) ±(\d+)$/.exec(wanted)
  if (about === null) return wanted === line
  const [, start = '', middle = '', reach = ''] = about
  if (!line.startsWith(start)) return false
  const allowed = isClockManual ? 0 : Number(reach)
  return Math.abs(Number(line.slice(start.length)) - Number(middle)) <= allowed
}

/** The lines of a printed list without their numbers, at every level, in an order of our own. */
function sorted(lines: string[]): string {
  const items = lines.map((line) => line.replace(/^(\s*\d+[)~#>] )+/, ''))
  return items.sort().join('\n')
}
