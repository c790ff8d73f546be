// bundled.js: loads the server from the one file it was joined into, with what V8 has compiled of it
// before: docs/decisions/one-file-to-start.md. It is no module of the build, since a start has no
// time for the loader of modules.
const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { dirname } = require('node:path')
const { Script } = require('node:vm')

/**
 * Loads the file, a CommonJS module.
 * @param {string} file its path; `<file>.cache` holds what was compiled, and is passed over where
 * another V8 made it or where it is missing
 * @returns what it exports
 */
function loadBundled(file) {
  return load(file, cacheOf(file)).exports
}

/**
 * Writes what V8 has compiled of the file after it was loaded and `use` was done with it.
 * @param {string} file its path
 * @param {(exports: object) => Promise<unknown>} use
 */
async function cacheBundled(file, use) {
  const { script, exports } = load(file, undefined)
  await use(exports)
  writeFileSync(`${file}.cache`, script.createCachedData())
}

function load(file, cachedData) {
  const source = readFileSync(file, 'utf8')
  const text = `(function (exports, require, module, __filename, __dirname) {${source}\n})`
  const script = new Script(text, { filename: file, cachedData })
  const module = { exports: {} }
  const body = script.runInThisContext()
  body(module.exports, createRequire(file), module, file, dirname(file))
  return { script, exports: module.exports }
}

function cacheOf(file) {
  try {
    return readFileSync(`${file}.cache`)
  } catch {
    return undefined
  }
}

module.exports = { loadBundled, cacheBundled }
