// settings.ts: what a command line and its surroundings ask of the shell.

import type { Format } from '../format/format.ts'
import { isTerminal } from '../format/output.ts'
import type { ModeName } from '../modes/index.ts'

/** TLS, and the files it needs. */
export interface TlsSettings {
  on: boolean
  insecure: boolean
  servername?: string
  caFile?: string
  certFile?: string
  keyFile?: string
}

export interface Settings {
  host: string
  port: number
  /** A Unix socket, used instead of host and port. */
  path: string | undefined
  tls: TlsSettings
  family: 4 | 6 | undefined
  /** Milliseconds to wait for a connection, 0 for as long as the system does. */
  timeoutMs: number
  user: string | undefined
  password: string | undefined
  database: number
  /** `json` is RESP3 asked for by a JSON format: a server without it is no error. */
  protocol: 2 | 3 | 'json' | undefined
  format: Format
  showPushes: boolean
  /** How often the command is sent; negative for ever. */
  repeat: number
  intervalMs: number
  quotedInput: boolean
  /** The last argument is standard input. */
  lastFromStdin: boolean
  /** The argument that standard input replaces. */
  tagFromStdin: string | undefined
  askPassword: boolean
  failOnError: boolean
  verbose: boolean
  warnAboutPassword: boolean
  pipe: boolean
  /** Seconds without a reply after which a mass insertion gives up, 0 for never. */
  pipeTimeoutS: number
  /** The file of a script for EVAL. */
  evalFile: string | undefined
  /** A mode in which the shell asks by itself. */
  mode: ModeName | undefined
  /** Which keys a scan is for. */
  pattern: string | Uint8Array | undefined
  /** How many keys a scan looks at in one step. */
  scanCount: number | undefined
  /** Elements that MEMORY USAGE samples. */
  memorySamples: number | undefined
  /** Seconds of a test of the machine itself. */
  intrinsicSeconds: number | undefined
}

export function defaultSettings(): Settings {
  const eyes = isTerminal()
  return {
    host: '127.0.0.1',
    port: 6379,
    path: undefined,
    tls: { on: false, insecure: false },
    family: undefined,
    timeoutMs: 0,
    user: undefined,
    password: undefined,
    database: 0,
    protocol: undefined,
    format: { mode: eyes ? 'standard' : 'raw', delimiter: '\n', commandDelimiter: '\n' },
    showPushes: eyes,
    repeat: 1,
    intervalMs: 0,
    quotedInput: false,
    lastFromStdin: false,
    tagFromStdin: undefined,
    askPassword: false,
    failOnError: false,
    verbose: false,
    warnAboutPassword: true,
    pipe: false,
    pipeTimeoutS: 30,
    evalFile: undefined,
    mode: undefined,
    pattern: undefined,
    scanCount: undefined,
    memorySamples: undefined,
    intrinsicSeconds: undefined,
  }
}
