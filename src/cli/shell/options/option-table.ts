// option-table.ts: the flags of redis-cli, each declared once; the help text is made from them.

import { AddressError, leadingInteger, parseAddress } from '../../../node/net/url.ts'
import { complain, refuse } from '../format/output.ts'
import { modeOptions } from '../modes/options.ts'
import type { Option } from './option.ts'
import type { Settings } from './settings.ts'

function setPort(settings: Settings, port: number): void {
  if (port < 0 || port > 65_535) refuse('Invalid server port.')
  settings.port = port
}

function setTimeoutS(settings: Settings, text: string): void {
  const seconds = text.trim() === '' ? 0 : Number(text)
  if (!(seconds >= 0)) refuse('Invalid connection timeout for -t.')
  settings.timeoutMs = seconds * 1000
}

function setAddress(settings: Settings, url: string): void {
  try {
    const { tls, port, ...found } = parseAddress(url)
    Object.assign(settings, found)
    if (tls) settings.tls.on = true
    if (port !== undefined) setPort(settings, port)
  } catch (error) {
    if (error instanceof AddressError) refuse(error.message)
    throw error
  }
}

function setPushes(settings: Settings, answer: string): void {
  if (/^[yn]/i.test(answer)) settings.showPushes = /^y/i.test(answer)
  else complain(`Unknown --show-pushes value '${answer}' (valid: '[y]es', '[n]o')`)
}

// JSON wants maps, which only RESP3 has; -2 and -3 stand above that wish.
function setJson(settings: Settings, mode: 'json' | 'quoted-json'): void {
  settings.format.mode = mode
  settings.protocol ??= 'json'
}

export const options: Option[] = [
  {
    flags: ['-h'],
    value: 'hostname',
    about: 'Host name or address of the server (default: 127.0.0.1).',
    set: (settings, value) => {
      settings.host = value
    },
  },
  {
    flags: ['-p'],
    value: 'port',
    about: 'Port of the server (default: 6379).',
    set: (settings, value) => setPort(settings, leadingInteger(value)),
  },
  {
    flags: ['-t'],
    value: 'seconds',
    about: 'How long to wait for a connection; fractions count (default: 0, the system decides).',
    set: setTimeoutS,
  },
  {
    flags: ['-s'],
    value: 'socket',
    about: 'Unix socket of the server, used instead of host and port.',
    set: (settings, value) => {
      settings.path = value
    },
  },
  {
    flags: ['-a', '--pass'],
    value: 'password',
    about: 'Password to log in with. The environment variable REDISCLI_AUTH is the safer place.',
    set: (settings, value) => {
      settings.password = value
    },
  },
  {
    flags: ['--user'],
    value: 'username',
    about: 'ACL user to log in as, together with a password.',
    set: (settings, value) => {
      settings.user = value
    },
  },
  {
    flags: ['--askpass'],
    about: 'Ask for the password without showing it; -a and REDISCLI_AUTH are ignored then.',
    set: (settings) => {
      settings.askPassword = true
    },
  },
  {
    flags: ['-u'],
    value: 'uri',
    about: 'Server as redis://user:password@host:port/database, rediss:// or unix://path.',
    set: setAddress,
  },
  {
    flags: ['-r'],
    value: 'count',
    about: 'Send the command this many times; -1 goes on for ever.',
    set: (settings, value) => {
      settings.repeat = leadingInteger(value)
    },
  },
  {
    flags: ['-i'],
    value: 'seconds',
    about: 'With -r, pause after each command; fractions count.',
    set: (settings, value) => {
      settings.intervalMs = Math.max(0, (Number.parseFloat(value) || 0) * 1000)
    },
  },
  {
    flags: ['-n'],
    value: 'database',
    about: 'Number of the database to select.',
    set: (settings, value) => {
      settings.database = leadingInteger(value)
    },
  },
  {
    flags: ['-2'],
    about: 'Speak RESP2.',
    set: (settings) => {
      settings.protocol = 2
    },
  },
  {
    flags: ['-3'],
    about: 'Speak RESP3.',
    set: (settings) => {
      settings.protocol = 3
    },
  },
  {
    flags: ['-x'],
    about: 'Take the last argument from standard input.',
    set: (settings) => {
      settings.lastFromStdin = true
    },
  },
  {
    flags: ['-X'],
    value: 'tag',
    about: 'Put standard input in the place of the argument that equals this tag.',
    set: (settings, value) => {
      settings.tagFromStdin = value
    },
  },
  {
    flags: ['-d'],
    value: 'delimiter',
    about: 'What stands between the elements of a raw reply (default: a line feed).',
    set: (settings, value) => {
      settings.format.delimiter = Buffer.from(value).toString('latin1')
    },
  },
  {
    flags: ['-D'],
    value: 'delimiter',
    about: 'What stands behind each raw reply (default: a line feed).',
    set: (settings, value) => {
      settings.format.commandDelimiter = Buffer.from(value).toString('latin1')
    },
  },
  {
    flags: ['-e'],
    about: 'Exit with code 1 when the command is answered by an error.',
    set: (settings) => {
      settings.failOnError = true
    },
  },
  {
    flags: ['-4'],
    about: 'Look host names up as IPv4 addresses first.',
    set: (settings) => {
      settings.family = 4
    },
  },
  {
    flags: ['-6'],
    about: 'Look host names up as IPv6 addresses first.',
    set: (settings) => {
      settings.family = 6
    },
  },
  {
    flags: ['--tls'],
    about: 'Connect with TLS.',
    set: (settings) => {
      settings.tls.on = true
    },
  },
  {
    flags: ['--sni'],
    value: 'host',
    about: 'Server name to send with TLS.',
    set: (settings, value) => {
      settings.tls.servername = value
    },
  },
  {
    flags: ['--cacert'],
    value: 'file',
    about: 'Certificate authority to verify the server with.',
    set: (settings, value) => {
      settings.tls.caFile = value
    },
  },
  {
    flags: ['--cert'],
    value: 'file',
    about: 'Client certificate to log in with.',
    set: (settings, value) => {
      settings.tls.certFile = value
    },
  },
  {
    flags: ['--key'],
    value: 'file',
    about: 'Private key of the client certificate.',
    set: (settings, value) => {
      settings.tls.keyFile = value
    },
  },
  {
    flags: ['--insecure'],
    about: 'Do not verify the certificate of the server.',
    set: (settings) => {
      settings.tls.insecure = true
    },
  },
  {
    flags: ['--raw'],
    about: 'Show bare replies (the default when standard output is no terminal).',
    set: (settings) => {
      settings.format.mode = 'raw'
    },
  },
  {
    flags: ['--no-raw'],
    about: 'Show formatted replies even when standard output is no terminal.',
    set: (settings) => {
      settings.format.mode = 'standard'
    },
  },
  {
    flags: ['--quoted-input'],
    about: 'Read each argument as a quoted string, escapes included.',
    set: (settings) => {
      settings.quotedInput = true
    },
  },
  {
    flags: ['--csv'],
    about: 'Show replies as CSV.',
    set: (settings) => {
      settings.format.mode = 'csv'
    },
  },
  {
    flags: ['--json'],
    about: 'Show replies as JSON, over RESP3 unless -2 says otherwise.',
    set: (settings) => setJson(settings, 'json'),
  },
  {
    flags: ['--quoted-json'],
    about: 'The same in plain ASCII: other bytes are escaped.',
    set: (settings) => setJson(settings, 'quoted-json'),
  },
  {
    flags: ['--show-pushes'],
    value: 'yes|no',
    about: 'Whether to show RESP3 pushes (default: yes on a terminal).',
    set: setPushes,
  },
  {
    flags: ['--pipe'],
    about: 'Send the commands on standard input, in protocol form, as fast as the server reads.',
    set: (settings) => {
      settings.pipe = true
    },
  },
  {
    flags: ['--pipe-timeout'],
    value: 'seconds',
    about: 'With --pipe, give up after this long without a reply (default: 30; 0: never).',
    set: (settings, value) => {
      settings.pipeTimeoutS = leadingInteger(value)
    },
  },
  {
    flags: ['--eval'],
    value: 'file',
    about: 'Send an EVAL of the script in this file; a comma parts keys from arguments.',
    set: (settings, value) => {
      settings.evalFile = value
    },
  },
  ...modeOptions,
  {
    flags: ['--verbose'],
    about: 'Tell on standard error of each connection that is made.',
    set: (settings) => {
      settings.verbose = true
    },
  },
  {
    flags: ['--no-auth-warning'],
    about: 'Do not warn about a password on the command line.',
    set: (settings) => {
      settings.warnAboutPassword = false
    },
  },
]
