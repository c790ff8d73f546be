// results.test.ts: how figures become statistics, comparisons, tables and marks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparisonText } from '../compare.ts'
import { parseCsv } from '../load/redis-benchmark-driver.ts'
import { compareRounds, type RoundFigures } from '../rounds.ts'
import { suiteText } from '../suite/report.ts'
import { scenarioRow, skippedRow } from '../suite/scenario.ts'
import { markOf, targetOf, targets } from '../suite/targets.ts'
import { median, spread } from './statistics.ts'
import { tableText } from './table.ts'

function figures(round: number, server: string, rps: number, cpu: number): RoundFigures {
  const latencies = { p50Ms: 1, p99Ms: 2, maxMs: 3 }
  return { round, server, requests: 1, seconds: 1, rps, cpuPerRequestUs: cpu, ...latencies }
}

const rounds = [
  figures(1, 'a', 100, 4),
  figures(1, 'b', 200, 2),
  figures(2, 'b', 100, 2),
  figures(2, 'a', 150, 2),
  figures(3, 'a', 120, 3),
  figures(3, 'b', 120, 2),
]

test('medians lie in the middle', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
  assert.ok(Number.isNaN(median([])))
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 })
})

test('servers are compared round by round', () => {
  assert.deepEqual(compareRounds(rounds, 'a', 'b'), {
    throughput: { median: 1, min: 0.5, max: 1.5 },
    cpu: { median: 1.5, min: 1, max: 2 },
  })
})

test('a comparison shows medians, ratios and what was skipped', () => {
  const text = comparisonText(
    [
      { test: 'GET', rounds },
      { test: 'LPUSH', rounds: [], skipped: 'a lacks the command' },
    ],
    ['a', 'b'],
  )
  assert.match(text, /^GET +120 +b +120 +1\.00 \(0\.50\.\.1\.50\) +3\.00 : 2\.00 +1\.50/m)
  assert.match(text, /^LPUSH: skipped, a lacks the command$/m)
})

test('columns are aligned', () => {
  assert.equal(tableText(['a', 'bb'], [['long', '1']]), 'a     bb\n----  --\nlong   1\n')
})

test('a CSV of redis-benchmark is read', () => {
  const text = '"test","rps"\n"LRANGE_100 (first 100 elements)","5.00"\n\nnoise\n'
  assert.deepEqual(parseCsv(text), [
    ['test', 'rps'],
    ['LRANGE_100 (first 100 elements)', '5.00'],
  ])
})

test('figures are marked by their targets', () => {
  const higher = { must: 0.9, aim: 1.1, better: 'higher', judges: 'ratio' } as const
  assert.equal(markOf(higher, 1.1), 'PASS, aim')
  assert.equal(markOf(higher, 0.9), 'PASS')
  assert.equal(markOf(higher, 0.86), 'near')
  assert.equal(markOf(higher, 0.8), 'FAIL')
  const lower = { must: 15, aim: 5, better: 'lower', judges: 'figure' } as const
  assert.equal(markOf(lower, 4), 'PASS, aim')
  assert.equal(markOf(lower, 15.5), 'near')
  assert.equal(markOf(lower, 16), 'FAIL')
  assert.equal(markOf(undefined, 1), '-')
  assert.equal(markOf(lower, Number.NaN), '-')
})

test('a target holds for its scenario and those below it', () => {
  assert.equal(targetOf('wire/p16/mset', 'cpu'), targets['wire/p16 cpu'])
  assert.equal(targetOf('wire/p1/get', 'cpu'), targets['wire/p1/get cpu'])
  assert.equal(targetOf('wire/p1/mset', 'cpu'), undefined)
  assert.equal(targetOf('start', 'time'), targets['start time'])
})

test('the first other server decides', () => {
  const row = scenarioRow('memory/keys', 'bytes', { figures: { ours: 80, eight: 100, seven: 50 } })
  assert.deepEqual(row.ratios, { eight: 0.8, seven: 1.6 })
  assert.equal(row.mark, 'PASS')
  assert.equal(scenarioRow('memory/keys', 'bytes', { figures: { ours: 80 } }).mark, '-')
})

test('a suite shows rows, reasons and counts', () => {
  const rows = [
    scenarioRow('start', 'time', { figures: { ours: 50, other: 10 } }),
    skippedRow('embedded/get', 'rate', 'the package is not built'),
  ]
  const text = suiteText(rows, ['ours', 'other'])
  assert.match(text, /^start time +ms +50\.00 +10\.00 +5\.00 +150 +60 +PASS, aim$/m)
  assert.match(text, /^embedded\/get rate: skipped, the package is not built$/m)
  assert.match(text, /^1 PASS, 0 near, 0 FAIL$/m)
})
