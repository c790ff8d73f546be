// bundle.mjs: joins the compiled server into one file, dist/bundle/server.cjs, and notes beside it
// what V8 compiles of it for a start.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const file = join(dist, 'bundle', 'server.cjs')
rmSync(join(dist, 'bundle'), { recursive: true, force: true })
const bundle = await rolldown({
  input: join(dist, 'cli', 'server.js'),
  platform: 'node',
  logLevel: 'warn',
})
await bundle.write({
  file,
  format: 'cjs',
  codeSplitting: false,
  minify: { mangle: false, compress: false },
})
await bundle.close()

// A server that is to listen nowhere does all that a start does, and ends.
const script = `
const { cacheBundled } = require(${JSON.stringify(join(root, 'bin', 'bundled.js'))})
cacheBundled(${JSON.stringify(file)}, ({ server }) => server(['--port', '0'])).then(process.exit)`
const { status } = spawnSync(process.execPath, ['-e', script], {
  cwd: dist,
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (status !== 0) console.error('the server starts without a cache of compiled code')
