#!/usr/bin/env node
// compatibility.mjs: writes COMPATIBILITY.md from the tables of commands and directives.
//   node scripts/compatibility.mjs
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const { compatibilityPage } = await import('../dist/test/compatibility/document.js')
writeFileSync(join(root, 'COMPATIBILITY.md'), compatibilityPage())
