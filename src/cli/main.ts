// main.ts: the command line's first word: which program runs.

const [program = '--help', ...args] = process.argv.slice(2)

switch (program) {
  case 'server': {
    const { server } = await import('./server.ts')
    await server(args)
    break
  }
  default:
    console.error(`rubellite: there is no '${program}'; try rubellite --help`)
    process.exitCode = 2
}
