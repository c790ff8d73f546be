// start.mjs: `npm start`: sets up what is missing, then becomes the server.
//   npm start -- --port 7000 --maxclients 50
//   npm start -- ./redis.conf
// The server runs in this very process, so that its signals, its exit code and its process id are
// the ones a supervisor sees.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './setup.mjs'

setUp()
// npm changes to the repository's folder; paths on the command line are meant from the caller's.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD)
const bin = join(root, 'bin', 'rubellite')
process.argv = [process.argv[0], bin, 'server', ...process.argv.slice(2)]
await import(pathToFileURL(bin).href)
