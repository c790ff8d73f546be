// logo.ts: what the server shows of itself on a terminal.

import { REDIS_VERSION, VERSION } from '../../engine/contract/version.ts'

/** The gem, with the facts that scripts look for beside it. */
export function logo(port: number): string {
  const facts = [
    '',
    `Rubellite ${VERSION}, speaks Redis ${REDIS_VERSION}, 64 bit`,
    '',
    'Running in standalone mode',
    `Port: ${port}`,
    `PID: ${process.pid}`,
    '',
  ]
  return `\n${GEM.map((line, i) => `${line}${facts[i] ?? ''}`.trimEnd()).join('\n')}\n\n`
}

const GEM = [
  '     .---------.        ',
  "   .'  \\     /  '.      ",
  '  /_____\\___/_____\\     ',
  '  \\      \\ /      /     ',
  "   '.     V     .'      ",
  "     '.   |   .'        ",
  "       '. | .'          ",
  "         '-'            ",
]
