// main.ts: `rubellite`: the first word says which program runs.

import { REDIS_VERSION, VERSION } from '../engine/contract/version.ts'

const HELP = `Usage: rubellite COMMAND [ARGUMENT ...]

  server      runs a server; takes what redis-server takes
  cli         talks to a server; takes what redis-cli takes
  benchmark   measures a server; takes what redis-benchmark takes

  rubellite COMMAND --help tells more; rubellite --version tells the version.`

/** Runs a program; the exit code, or undefined for one that goes on. */
async function run(program: string | undefined, args: string[]): Promise<number | undefined> {
  // Each program is loaded only when it is asked for: the server starts faster without the shell.
  switch (program) {
    case 'server':
      return (await import('./server.ts')).server(args)
    case 'cli':
      return (await import('./shell/index.ts')).shell(args)
    case 'benchmark':
      return (await import('./benchmark/index.ts')).benchmark(args)
    case '--help':
    case '-h':
    case 'help':
      console.log(HELP)
      return 0
    case '--version':
    case '-v':
      console.log(`rubellite ${VERSION} (Redis ${REDIS_VERSION}), Node ${process.versions.node}`)
      return 0
    default:
      if (program !== undefined) console.error(`rubellite: there is no command '${program}'\n`)
      console.error(HELP)
      return 2
  }
}

const [program, ...args] = process.argv.slice(2)
const code = await run(program, args)
if (code !== undefined) process.exit(code)
