// options.ts: the flags of the modes in which the shell asks by itself.

import { leadingInteger } from '../../../node/net/url.ts'
import { refuse } from '../format/output.ts'
import { unquote } from '../line/words.ts'
import type { Option } from '../options/option.ts'
import type { ModeName } from './index.ts'

export const modeOptions: Option[] = [
  mode('stat', 'Print a line about the server each second, or as often as -i says.'),
  mode('latency', 'Measure how long PING takes, for ever, or for a second where no one watches.'),
  mode('latency-history', 'The same, and begin anew every 15 seconds, or as often as -i says.'),
  mode('latency-dist', 'Show latencies as a spectrum of colours, each second or as -i says.'),
  {
    flags: ['--intrinsic-latency'],
    value: 'seconds',
    about: 'Measure for so long what the machine itself adds; needs no server.',
    set: (settings, value) => {
      settings.intrinsicSeconds = leadingInteger(value)
    },
  },
  mode('bigkeys', 'Find the keys with the most elements of each type.'),
  mode('memkeys', 'Find the keys that take the most memory.'),
  {
    flags: ['--memkeys-samples'],
    value: 'n',
    about: 'The same, with so many elements sampled for each key; 0 looks at all.',
    set: (settings, value) => {
      settings.mode = 'memkeys'
      settings.memorySamples = leadingInteger(value)
      if (settings.memorySamples < 0) refuse('--memkeys-samples value should be non-negative.')
    },
  },
  mode('hotkeys', 'Find the keys that are used most; needs a maxmemory policy that counts use.'),
  mode('scan', 'Print the names of all keys, without blocking the server.'),
  {
    flags: ['--pattern'],
    value: 'glob',
    about: 'With --scan, --bigkeys, --memkeys and --hotkeys: only keys that match.',
    set: (settings, value) => {
      settings.pattern = value
    },
  },
  {
    flags: ['--quoted-pattern'],
    value: 'glob',
    about: 'The same, read as a quoted string.',
    set: (settings, value) => {
      const pattern = unquote(value)
      if (pattern === undefined) refuse('Invalid quoted string specified for --quoted-pattern.')
      settings.pattern = pattern
    },
  },
  {
    flags: ['--count'],
    value: 'n',
    about: 'With --scan and its kind: keys to look at in one step (default: 10).',
    set: (settings, value) => {
      settings.scanCount = leadingInteger(value)
    },
  },
]

function mode(name: ModeName, about: string): Option {
  return {
    flags: [`--${name}`],
    about,
    set: (settings) => {
      settings.mode = name
    },
  }
}
