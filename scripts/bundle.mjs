// bundle.mjs: joins the compiled server into one file, dist/bundle/server.js.
// Loading some hundred and fifty modules one by one takes longer than all else a start does.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist')
const bundle = await rolldown({
  input: join(dist, 'cli', 'server.js'),
  platform: 'node',
  logLevel: 'warn',
})
await bundle.write({
  file: join(dist, 'bundle', 'server.js'),
  codeSplitting: false,
  minify: { mangle: false, compress: false },
})
await bundle.close()
