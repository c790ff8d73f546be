// directives-server.ts: the process: its log, its signals, its clock, what it lets people look at.

import { acts, defineDirective, noEffect, refuse, refuses } from '../../engine/config/directive.ts'
import { choice, choices, permission, string, yesNo } from '../../engine/config/directive-kinds.ts'
import { INT_MAX, integer, NO_MAX } from '../../engine/config/directive-numbers.ts'
import { oomScores } from '../../engine/config/directive-specials.ts'

const count = integer({ min: 0, max: INT_MAX })
const optional = string({ emptyIsNone: true })

const noPinning = noEffect('Threads are not bound to processors.')
const noSyslog = noEffect('The log goes to standard output or to logfile.')
const noCrash = noEffect('A crash is reported by the JavaScript engine.')
const oneThread = noEffect('Commands run and clients are served on one thread.')

const signals = choices('default', ['save', 'nosave', 'now', 'force'], (chosen) => {
  if (chosen.has('save') && chosen.has('nosave')) {
    refuse("shutdown options SAVE and NOSAVE can't be used simultaneously")
  }
})

const TITLE_VARIABLES = [
  'listen-addr',
  'server-mode',
  'port',
  'tls-port',
  'unixsocket',
  'config-file',
]

/** Text with {variables}, `{{` for a brace; it must not be empty when the title is. */
const titleTemplate = string({
  check(template) {
    const rest = template.replace(/\{\{|\{([^}]*)\}/g, (match, name) => {
      if (name === 'title') return ''
      return match === '{{' || TITLE_VARIABLES.includes(name) ? '-' : match
    })
    // A brace that is left belongs to no known variable.
    if (rest.trim() === '' || rest.includes('{')) {
      refuse('template format is invalid or contains unknown variables')
    }
  },
})

/** Names of locales, `C` and `POSIX` among them; which are installed is not known here. */
const localeName = string({
  check(name) {
    if (!/^(|C|POSIX|C\.UTF-?8|[a-z]{2,3}_[A-Z]{2}([.@][A-Za-z0-9-]+)*)$/i.test(name)) {
      refuse('Invalid locale name')
    }
  },
})

const processing = [
  defineDirective('daemonize', {
    kind: yesNo,
    initial: 'no',
    immutable: true,
    effect: acts('A second process is started in the background and the first one ends.'),
  }),
  defineDirective('supervised', {
    kind: choice(['upstart', 'systemd', 'auto', 'no']),
    initial: 'no',
    immutable: true,
    effect: refuses(
      (by: string) => by === 'upstart' || by === 'systemd',
      'Service managers are not told when the server is ready: use `supervised no`.',
    ),
  }),
  defineDirective('pidfile', { kind: optional, initial: '', immutable: true, effect: acts() }),
  defineDirective('dir', {
    kind: string({ always: true }),
    initial: '',
    isProtected: true,
    immediate: true,
    effect: acts(),
  }),
  defineDirective('set-proc-title', {
    kind: yesNo,
    initial: 'yes',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('proc-title-template', {
    kind: titleTemplate,
    initial: '{title} {listen-addr} {server-mode}',
    effect: acts(),
  }),
  defineDirective('databases', {
    kind: integer({ min: 1, max: INT_MAX }),
    initial: '16',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('hz', {
    kind: integer({ min: 0, max: INT_MAX, clamp: [1, 500] }),
    initial: '10',
    effect: acts(),
  }),
  defineDirective('dynamic-hz', {
    kind: yesNo,
    initial: 'yes',
    effect: noEffect('The server wakes when something is due, whatever the number of clients.'),
  }),
  defineDirective('shutdown-on-sigint', { kind: signals, initial: 'default', effect: acts() }),
  defineDirective('shutdown-on-sigterm', { kind: signals, initial: 'default', effect: acts() }),
  defineDirective('shutdown-timeout', {
    kind: count,
    initial: '10',
    effect: noEffect('There are no replicas yet for which a shutdown would wait.'),
  }),
  defineDirective('locale-collate', {
    kind: localeName,
    initial: '',
    effect: noEffect('Texts are compared byte by byte, as in the locale C.'),
  }),
]

const threads = [
  defineDirective('io-threads', {
    kind: integer({ min: 1, max: 128 }),
    initial: '1',
    immutable: true,
    effect: oneThread,
  }),
  defineDirective('prefetch-batch-max-size', {
    kind: integer({ min: 0, max: 128 }),
    initial: '16',
    hidden: true,
    effect: oneThread,
  }),
  ...['server-cpulist', 'bio-cpulist', 'aof-rewrite-cpulist', 'bgsave-cpulist'].map((name) =>
    defineDirective(name, {
      kind: optional,
      initial: '',
      alias: name.replaceAll('-', '_'),
      immutable: true,
      effect: noPinning,
    }),
  ),
]

const logging = [
  defineDirective('loglevel', {
    kind: choice(['debug', 'verbose', 'notice', 'warning', 'nothing']),
    initial: 'notice',
    effect: acts(),
  }),
  defineDirective('logfile', { kind: string(), initial: '', immutable: true, effect: acts() }),
  defineDirective('always-show-logo', {
    kind: yesNo,
    initial: 'no',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('hide-user-data-from-log', {
    kind: yesNo,
    initial: 'no',
    effect: noEffect('The log holds no user data.'),
  }),
  defineDirective('syslog-enabled', {
    kind: yesNo,
    initial: 'no',
    immutable: true,
    effect: noSyslog,
  }),
  defineDirective('syslog-ident', {
    kind: string(),
    initial: 'redis',
    immutable: true,
    effect: noSyslog,
  }),
  defineDirective('syslog-facility', {
    kind: choice([
      'user',
      ...['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'],
    ]),
    initial: 'local0',
    immutable: true,
    effect: noSyslog,
  }),
  defineDirective('crash-log-enabled', { kind: yesNo, initial: 'yes', effect: noCrash }),
  defineDirective('crash-memcheck-enabled', { kind: yesNo, initial: 'yes', effect: noCrash }),
  defineDirective('use-exit-on-panic', {
    kind: yesNo,
    initial: 'no',
    hidden: true,
    effect: noCrash,
  }),
  defineDirective('watchdog-period', {
    kind: count,
    initial: '0',
    hidden: true,
    effect: noEffect('There is no watchdog signal.'),
  }),
  defineDirective('ignore-warnings', {
    kind: string(),
    initial: '',
    effect: noEffect('The warnings it silences concern system calls that are not used.'),
  }),
]

const watching = [
  defineDirective('enable-protected-configs', {
    kind: permission,
    initial: 'no',
    immutable: true,
    effect: acts(),
  }),
  defineDirective('latency-monitor-threshold', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '0',
    effect: noEffect('The latency monitor is not available yet.'),
  }),
  defineDirective('slowlog-log-slower-than', {
    kind: integer({ min: -1, max: NO_MAX }),
    initial: '10000',
    effect: noEffect('The slow log is not available yet.'),
  }),
  defineDirective('slowlog-max-len', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '128',
    effect: noEffect('The slow log is not available yet.'),
  }),
  defineDirective('busy-reply-threshold', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '5000',
    alias: 'lua-time-limit',
    effect: noEffect('Scripts are not available yet.'),
  }),
  defineDirective('lua-enable-deprecated-api', {
    kind: yesNo,
    initial: 'no',
    immutable: true,
    hidden: true,
    effect: noEffect('Scripts are not available yet.'),
  }),
]

const system = [
  defineDirective('oom-score-adj', {
    kind: choice(['no', 'yes', 'relative', 'absolute'], { relative: 'yes' }),
    initial: 'no',
    effect: noEffect("The kernel's choice of victims is left alone."),
  }),
  defineDirective('oom-score-adj-values', {
    kind: oomScores,
    initial: '0 200 800',
    effect: noEffect("The kernel's choice of victims is left alone."),
  }),
  defineDirective('disable-thp', {
    kind: yesNo,
    initial: 'yes',
    immutable: true,
    effect: noEffect('Huge pages hurt where memory is copied on write after a fork; none happens.'),
  }),
]

export const serverDirectives = [...processing, ...threads, ...logging, ...watching, ...system]
