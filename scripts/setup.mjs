// setup.mjs: makes a clone runnable: dependencies when they are missing, a build when it is old.
// Only Node's own modules may be used here, since nothing else is installed yet.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
/** Its time is that of the start of the last build that passed. */
const stamp = join(dist, '.build', 'stamp')

/**
 * Installs and builds what is missing or older than its source; exits when that fails.
 * Messages go to standard error, since standard output belongs to what is run afterwards.
 */
export function setUp() {
  installDependencies()
  if (isOlder(stamp, sources())) build()
}

function installDependencies() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!isOlder(installed, [join(root, 'package-lock.json')])) return
  console.error('installing dependencies (npm ci)')
  // npm says where it lies when it runs us; that spares a search and works without a shell.
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund']
  if (npm === undefined) run('npm', args)
  else run(process.execPath, [npm, ...args])
}

function build() {
  console.error('building')
  const started = new Date()
  removeOrphans()
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  run(process.execPath, [compiler, '-b', 'tsconfig.json'])
  // CommonJS users get the same library, compiled a second time.
  run(process.execPath, [compiler, '-p', 'tsconfig.cjs.json'])
  run(process.execPath, [join(root, 'scripts', 'bundle.mjs')])
  writeFileSync(join(dist, 'cjs', 'package.json'), '{ "type": "commonjs" }\n')
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, started.toISOString())
  // A file saved while the compiler ran may have been missed: it must count as newer.
  utimesSync(stamp, started, started)
}

/** Runs one program in the repository; a failure ends this process with its exit code. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (error !== undefined) console.error(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

function sources() {
  const configs = readdirSync(root).filter((name) => /^(tsconfig.*|package)\.json$/.test(name))
  const folders = ['src', 'test', 'bench'].flatMap((name) => filesBelow(join(root, name)))
  const code = folders.filter((file) => file.endsWith('.ts'))
  return [...configs.map((name) => join(root, name)), ...code]
}

function isOlder(target, files) {
  if (!existsSync(target)) return true
  const built = statSync(target).mtimeMs
  return files.some((file) => statSync(file).mtimeMs > built)
}

/**
 * Removes what was compiled from files that are gone, so that no test outlives its source. The
 * compiler is made to forget what it built: a file that comes back would be taken for compiled.
 */
function removeOrphans() {
  for (const file of filesBelow(dist)) {
    const compiled = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(relative(dist, file))
    if (compiled === null || file.startsWith(join(dist, 'bundle'))) continue
    const name = `${compiled[1].replace(/^cjs[\\/]/, '')}.ts`
    const candidates = [join(root, 'src', name), join(root, name)]
    if (candidates.some((candidate) => existsSync(candidate))) continue
    rmSync(file)
    rmSync(join(dist, '.build'), { recursive: true, force: true })
  }
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp()
