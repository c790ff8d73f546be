// start.mjs: `npm start`: sets up what is missing, then becomes the server.
//   npm start -- --port 7000 --maxclients 50
//   npm start -- ./redis.conf
// The server runs in this very process, so that its signals, its exit code and its process id are
// the ones a supervisor sees.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './setup.mjs'

const parentCheckMs = 250

setUp()
// npm changes to the repository's folder; paths on the command line are meant from the caller's.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD)
if (process.env.npm_lifecycle_event === 'start') endWithParent()
const bin = join(root, 'bin', 'rubellite')
process.argv = [process.argv[0], bin, 'server', ...process.argv.slice(2)]
await import(pathToFileURL(bin).href)

/**
 * npm hands a signal to the shell between us, and the shell goes without handing it on: when it is
 * gone, the server was meant. Ctrl-C reaches the whole group and needs none of this.
 */
function endWithParent() {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, parentCheckMs)
  timer.unref()
}
