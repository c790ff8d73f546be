#!/usr/bin/env node
// transcribe.mjs: records what redis-server 8.2.3 answers into transcripts, so that writing one
// means writing its commands.
//   node scripts/transcribe.mjs test/transcripts/strings/append.txt ...
import { readFileSync, writeFileSync } from 'node:fs'
import { setUp } from './setup.mjs'

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('usage: node scripts/transcribe.mjs FILE ...')
  process.exit(2)
}
setUp()
const { record } = await import('../dist/test/transcripts/record.js')
for (const file of files) {
  const before = readFileSync(file, 'utf8')
  const after = await record(before)
  if (after !== before) writeFileSync(file, after)
  console.log(`${file}: ${after === before ? 'as it was' : 'recorded'}`)
}
