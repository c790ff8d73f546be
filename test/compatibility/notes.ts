// notes.ts: what differs from redis-server 8.2.3 although it is there. Directives say so where they
// are declared; everything else stands here, since it has no better place.

import { core } from '#src/core.js'
import { subcommandsOf } from '#src/features/debug/debug.js'

const subcommands = subcommandsOf(core)

/** A sentence for each command that answers otherwise than the reference, by its full name. */
export const commandNotes: Readonly<Record<string, string>> = {
  auth: 'The only user is `default`; its password is `requirepass`.',
  'client|list': 'Buffers that clients share are shown as 0 (`rbs`, `rbp`, `oll`, `obl`).',
  'client|kill': 'The types `master`, `replica` and `pubsub` are known and match nobody yet.',
  'command|docs': 'The sentences are our own; names, arguments and versions are the same.',
  debug: `There are ${subcommands.map(({ name }) => name).join(', ')}. Digests are the same.`,
  flushall: 'ASYNC and SYNC are the same: a database is dropped as a whole.',
  flushdb: 'ASYNC and SYNC are the same: a database is dropped as a whole.',
  geosearchstore:
    'Of distances that STOREDIST stores, one in five hundred differs in its last digit: sines ' +
    "are rounded correctly here, and the reference's by its C library.",
  georadius: 'STOREDIST as with GEOSEARCHSTORE.',
  georadiusbymember: 'STOREDIST as with GEOSEARCHSTORE.',
  hrandfield: 'A count that asks for more than 33 million fields, or 1 GiB of them, is refused.',
  info:
    'Fields about the C compiler and the build are left out; `rubellite_version` and ' +
    '`rubellite_runtime` are added. `keysizes` is counted when it is named, and not shown else.',
  lolwut: 'Draws something else.',
  'memory|doctor': 'The words are our own, and so are rules about allocators.',
  'memory|malloc-stats': "Shows each database's arena.",
  'memory|stats': 'The names are the same; the allocator is our arenas.',
  'memory|usage': 'The figure is what the key takes here, to the byte; SAMPLES changes nothing.',
  pfdebug: 'SIMD answers `disabled`, as on a processor without vector instructions.',
  role: 'Always a primary without replicas.',
  scan: 'Guarantees are the same, cursors and order are not.',
  shutdown: 'Without SAVE nothing is saved: there are no save points yet.',
}

/** What holds for many commands or for none in particular: a heading and its sentences. */
export const generalNotes: Readonly<Record<string, readonly string[]>> = {
  Protocol: [
    'RESP2, RESP3 (`HELLO 3`) and inline commands are read and written byte for byte as by the ' +
      'reference, malformed requests included.',
    'Integers have 64 bits, doubles and long doubles are printed with the same digits.',
    'Clients connect over TCP and Unix sockets; TLS is not there yet.',
  ],
  'What is there answers alike': [
    'Error texts, their order when several apply, and the counters of INFO commandstats and ' +
      'errorstats are those of the reference.',
    'Names, arity, flags, key positions, ACL categories and arguments in COMMAND are those of ' +
      'the reference; summaries and the text of HELP are our own.',
    'A command that is not there answers as an unknown command does.',
  ],
  'What differs everywhere': [
    'Nothing is saved by itself: SAVE, SHUTDOWN SAVE and DEBUG RELOAD write the RDB file, which ' +
      'is loaded at the start. `appendonly yes` and save points are refused; the log says so.',
    'Function libraries of an RDB file are kept and written back, but cannot be run. What ' +
      'modules wrote beside their values is passed over; their values are refused.',
    'What RESTORE and the RDB file bring is always checked in full. A stream whose parts ' +
      'contradict each other is refused, where the reference takes it.',
    'No child process is forked, and commands run on one thread.',
    'The order of KEYS, SCAN and RANDOMKEY follows from another hash table. It grows and shrinks ' +
      'bucket by bucket, so that it is never being rehashed.',
    '`used_memory` counts keys, values, tables and client buffers to the byte. The JavaScript ' +
      'runtime shows in `used_memory_rss` only.',
    'OBJECT ENCODING and the thresholds behind it are those of the reference; the memory layout ' +
      'is not, and so DEBUG OBJECT shows another address.',
    'Times of commands of constant complexity are measured for up to 16 of them together.',
    'An event loop cycle of INFO is what one read of one client brought, or one tick.',
    'Keyspace events are raised at the same places; an embedding program can listen to them.',
  ],
}
