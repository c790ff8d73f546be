// terminal.test.ts: the interactive session at a real terminal, which script(1) lends us: keys go
// in, and what the screen is told comes out.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type DecodedReply, ReplyDecoder } from '../../../formats/resp.ts'

const missing =
  spawnSync('script', ['--version']).status !== 0 && 'script(1) of util-linux is not installed'
const index = new URL('../index.js', import.meta.url).href
const launcher = `import { shell } from '${index}'
process.exit(await shell(process.argv.slice(1)))`
const prompt = /127\.0\.0\.1:\d+(\[\d+\])?> $/

/** A server that knows two commands, and repeats all others back as an array. */
function answer(words: string[]): string {
  if (words[0] === 'COMMAND') {
    const key = '*4\r\n$4\r\nname\r\n$3\r\nkey\r\n$4\r\ntype\r\n$3\r\nkey\r\n'
    const get = `*4\r\n$5\r\ngroup\r\n$4\r\ntest\r\n$9\r\narguments\r\n*1\r\n${key}`
    return `*4\r\n$3\r\nget\r\n${get}$6\r\ngetdel\r\n${get}`
  }
  if (words[0] === 'select') return '+OK\r\n'
  const items = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
  return `*${words.length}\r\n${items.join('')}`
}

const folder = mkdtempSync(join(tmpdir(), 'terminal-test-'))
const history = join(folder, 'history')
let server: Server
let port = 0

before(async () => {
  server = createServer((socket) => {
    const decoder = new ReplyDecoder()
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      decoder.feed(chunk)
      for (let request = decoder.next(); request; request = decoder.next()) {
        socket.write(answer(wordsOf(request)))
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as { port: number }).port
})

after(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

function wordsOf(request: DecodedReply): string[] {
  const items = 'items' in request ? request.items : []
  return items.map((item) => ('bytes' in item ? Buffer.from(item.bytes).toString() : ''))
}

/** A shell at a terminal. */
class Screen {
  readonly #child: ChildProcess
  #text = ''

  constructor() {
    const code = `node --input-type=module -e "${launcher}" -- -p ${port}`
    const env = { ...process.env, TERM: 'xterm', REDISCLI_HISTFILE: history, HOME: folder }
    this.#child = spawn('script', ['-qefc', code, '/dev/null'], { env })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text
    })
  }

  /** What was shown since the last keys, without the editor's moves to where the cursor is. */
  get #shown(): string {
    return this.#text.replace(/\x1b\[\d*[GJ]/g, '')
  }

  /** Presses keys, and waits until what is then shown matches. */
  async type(keys: string, expected: RegExp): Promise<string> {
    this.#text = ''
    this.#child.stdin!.write(keys)
    return await this.see(expected)
  }

  async see(expected: RegExp): Promise<string> {
    for (let tries = 0; !expected.test(this.#shown); tries++) {
      assert.ok(tries < 250, `${expected} is not in ${JSON.stringify(this.#shown)}`)
      await pause(20)
    }
    return this.#shown
  }

  async end(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#child.on('close', resolve))
    this.#child.stdin!.write('\x15\x04')
    return await ended
  }
}

async function atTerminal(check: (screen: Screen) => Promise<void>): Promise<void> {
  const screen = new Screen()
  try {
    await screen.see(prompt)
    await check(screen)
  } finally {
    assert.equal(await screen.end(), 0)
  }
}

function interactive(title: string, check: (screen: Screen) => Promise<void>): void {
  test(title, { skip: missing }, () => atTerminal(check))
}

interactive('answers, and tells the database in the prompt', async (screen) => {
  await screen.type('PING\r', /1\) "PING"\r\n127\.0\.0\.1:\d+> $/)
  await screen.type('select 3\r', /OK\r\n127\.0\.0\.1:\d+\[3\]> $/)
})

interactive('shows what can follow in grey, and wipes it', async (screen) => {
  await screen.type('get ', /\x1b\[90mkey\x1b\[0m/)
  await screen.type('x', /\x1b\[K.*\x1b\[90m key/)
  await screen.type('\r', /\x1b\[K\r+\n1\) "get"\r\n2\) "x"/)
})

interactive('completes commands', async (screen) => {
  await screen.type('getd', /getd/)
  await screen.type('\t', /GETDEL/)
  await screen.type(' k\r', /1\) "GETDEL"\r\n2\) "k"/)
})

interactive('takes several pasted lines one after the other', async (screen) => {
  await screen.type('A 1\rB 2\r', /"A"\r\n2\) "1"\r\n.*> .*B.*\r\n1\) "B"\r\n2\) "2"/s)
})

interactive('inserts pasted text where the cursor is', async (screen) => {
  await screen.type('ECHO abef', /f/)
  await screen.type('\x1b[D\x1b[D', /\x1b\[/)
  await screen.type('cd', /c.*d/s)
  await screen.type('\r', /2\) "abcdef"/)
})

interactive('keeps lines but no secrets, and finds them again', async (screen) => {
  await screen.type('FIND me\r', prompt)
  await screen.type('AUTH secret\r', prompt)
  await screen.type('OTHER line\r', prompt)
  assert.doesNotMatch(readFileSync(history, 'utf8'), /secret/)
  await screen.type('\x1b[A\x1b[A', /AUTH secret/)
  await screen.type('\x15\x12', /reverse-i-search/)
  await screen.type('FIN', /FIND me/)
  await screen.type('\r', /1\) "FIND"\r\n2\) "me"/)
})
