// elsewhere.ts: takes from Node what only Linux has, before the program starts; by hand with
// `node --import ./dist/test/runtimes/elsewhere.js` before the program. What happens instead stands
// in docs/guide/platforms.md; smoke.ts has to pass all the same.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const { readFileSync, openSync } = fs
const { createServer } = net

/** Folders cannot be opened on Windows; /proc and /dev are Linux's. */
function refuse(path: unknown): void {
  if (typeof path !== 'string') return
  if (/^\/(proc|dev)\//.test(path)) throw systemError('ENOENT')
  if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw systemError('EPERM')
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

Object.assign(fs, {
  readFileSync(...args: Parameters<typeof readFileSync>) {
    refuse(args[0])
    return readFileSync(...args)
  },
  openSync(...args: Parameters<typeof openSync>) {
    refuse(args[0])
    return openSync(...args)
  },
})
Object.defineProperty(process, 'platform', { value: 'sunos' })
Object.assign(process, { constrainedMemory: undefined })

/** On Windows a handle shows no descriptor; in other runtimes it does not read into a buffer. */
function withoutSecrets(socket: net.Socket): net.Socket {
  const { _handle: handle } = socket as unknown as { _handle: object }
  Object.defineProperty(handle, 'fd', { value: -1 })
  Object.defineProperty(handle, 'useUserBuffer', { value: undefined })
  return socket
}

Object.assign(net, {
  createServer(options: net.ServerOpts, listener: (socket: net.Socket) => void) {
    return createServer(options, (socket) => listener(withoutSecrets(socket)))
  },
})
syncBuiltinESMExports()
