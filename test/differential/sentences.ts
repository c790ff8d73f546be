// sentences.ts: the commands that are tried: here those of every key, of strings and of the server;
// those of the other types are in sentences/. grammar.ts says how a line is read.
// Left out: what closes or ends (CLIENT PAUSE and REPLY, QUIT, SHUTDOWN), and AUTH, whose refusal
// 8.2.3 forgets to send when replies of the same pipeline are still waiting.
import type { Seed } from '../support/seed.ts'
import { type Argument, makers } from './arguments.ts'
import { parseSentences, type Sentence, Sentences } from './grammar.ts'
import { hashes } from './sentences/hashes.ts'
import { lists } from './sentences/lists.ts'
import { acrossTypes, channels, places, sketches } from './sentences/others.ts'
import { sets } from './sentences/sets.ts'
import { sortedSets } from './sentences/sorted-sets.ts'
import { streams } from './sentences/streams.ts'
import { lexKeys } from './values.ts'

const lines = `
20 SET key value
20 SET key value [NX | XX] [GET]
   [EX seconds | PX millis | EXAT lateunix | PXAT lateunixms | KEEPTTL]
3  SET key value (NX | XX | GET | EX seconds | KEEPTTL | PERSIST | word)+
20 GET key
4  GETDEL key
6  GETEX key [EX seconds | PX millis | EXAT unix | PXAT unixms | PERSIST]
2  GETEX key (EX seconds | PERSIST | word)+
6  GETRANGE key index index
2  SUBSTR key index index
4  GETSET key value
8  MGET (key)+
6  MSET (key value)+
3  MSETNX (key value)+
8  APPEND key value
8  STRLEN key
10 INCR key
6  DECR key
8  INCRBY key integer
6  DECRBY key integer
8  INCRBYFLOAT key float
4  LCS key key [LEN | IDX] [MINMATCHLEN integer] [WITHMATCHLEN]
4  PSETEX key millis value
4  SETEX key seconds value
4  SETNX key value
6  SETRANGE key offset value
8  SETBIT key bitoffset bit
8  GETBIT key bitoffset
6  BITCOUNT key [index index [BIT | BYTE]]
6  BITPOS key bit [index [index [BIT | BYTE]]]
6  BITOP (AND | OR | XOR | DIFF | DIFF1 | ANDOR | ONE) key (key)+
3  BITOP NOT key key
8  BITFIELD key (GET width fieldoffset | SET width fieldoffset integer
     | OVERFLOW (WRAP | SAT | FAIL | word) | INCRBY width fieldoffset integer)+
3  BITFIELD_RO key (GET width fieldoffset)+
1  BITFIELD_RO key (GET width fieldoffset | SET width fieldoffset integer)+
3  PFADD key (value)+
2  PFCOUNT (key)+
2  PFMERGE key (key)+
1  PFDEBUG (ENCODING | DECODE | TODENSE | GETREG | word) key
4  COPY key key [DB db] [REPLACE]
12 DEL (key)+
4  UNLINK (key)+
6  EXISTS (key)+
3  TOUCH (key)+
4  TYPE key
4  RENAME key key
3  RENAMENX key key
3  MOVE key db
3  DBSIZE
2  RANDOMKEY
4  KEYS pattern
4  SCAN 0 COUNT 1000 [MATCH pattern] [TYPE STRING | TYPE LIST | TYPE word]
2  SCAN cursor [COUNT integer] [MATCH pattern]
6  EXPIRE key seconds [NX | XX | GT | LT]
3  EXPIRE key seconds (NX | XX | GT | LT | word)+
4  PEXPIRE key millis [NX | XX | GT | LT]
4  EXPIREAT key unix [NX | XX | GT | LT]
4  PEXPIREAT key unixms [NX | XX | GT | LT]
6  TTL key
6  PTTL key
4  EXPIRETIME key
4  PEXPIRETIME key
5  PERSIST key
5  DUMP key
4  RESTORE key (0 | millis) payload [REPLACE]
2  RESTORE key unixms payload ABSTTL [REPLACE] [IDLETIME integer | FREQ integer]
1  RESTORE key millis payload [REPLACE] [IDLETIME integer | FREQ integer | word]
4  OBJECT ENCODING key
1  OBJECT (REFCOUNT | IDLETIME | FREQ | word) key
3  SELECT db
1  SWAPDB db db
0.3 FLUSHDB [SYNC | ASYNC | word]
0.3 FLUSHALL [SYNC | ASYNC | word]
4  MULTI
8  EXEC
1  DISCARD
4  WATCH (key)+
1  UNWATCH
2  PING [value]
2  ECHO value
2  PUBLISH key value
1  SPUBLISH key value
1  PUBSUB (CHANNELS [pattern] | SHARDCHANNELS [pattern] | NUMSUB [key] [key] | SHARDNUMSUB [key]
     | NUMPAT | word)
1  (UNSUBSCRIBE | PUNSUBSCRIBE | SUNSUBSCRIBE) [value]
0.3 RESET
0.5 HELLO [2 | 3 | integer]
0.5 HELLO 2 [SETNAME name | word]
1  CLIENT (GETNAME | SETNAME name | ID | INFO)
1  CLIENT (NO-EVICT | NO-TOUCH) (ON | OFF | word)
1  CLIENT SETINFO (LIB-NAME | LIB-VER | word) name
1  CLIENT (KILL | LIST | UNBLOCK | PAUSE) word
1  CONFIG GET (directive)+
1  CONFIG SET (directive setting)+
0.5 CONFIG (word | RESETSTAT) [word]
1  COMMAND INFO (command)+
1  COMMAND GETKEYS (GET key | SET key value word | MSET (key value)+ | BITOP AND key key
     | LCS key key | word key)
1  COMMAND GETKEYSANDFLAGS (GETEX key | SET key value GET | COPY key key | PING | word)
0.5 MEMORY USAGE key [SAMPLES integer]
0.5 ROLE
1  word (value)+
`

const all: readonly Sentence[] = [
  lines,
  lists,
  hashes,
  sets,
  sortedSets,
  streams,
  sketches,
  places,
  acrossTypes,
  channels,
].flatMap(parseSentences)

/**
 * The sentences to make commands from.
 * @param known names of the commands that both servers have, in upper case
 * @param only those wanted, with `*` for any end (`Z*`); all when empty
 */
export function chooseSentences(known: ReadonlySet<string>, only: readonly string[]): Sentences {
  const wanted = only.map((name) => name.toUpperCase())
  const isWanted = (name: string) =>
    wanted.length === 0 ||
    wanted.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))
  const chosen = all.filter(({ name }) => known.has(name) || /^[a-z]/.test(name))
  return new Sentences(chosen.filter(({ name }) => isWanted(name)))
}

/** One command, most of them well-formed, some of them with a word too few, too many or wrong. */
export function makeCommand(seed: Seed, sentences: Sentences): Argument[] {
  const args = sentences.make(seed)
  if (seed.chance(0.04) && !isTender(args)) mutate(seed, args)
  return args
}

/** Commands of which a wrong word could make one that waits for ever or answers by chance. */
const tender = /^(B[LRZ].*|XREAD.*|SPOP|.RANDMEMBER|HRANDFIELD|DEBUG)$/i

function isTender(args: readonly Argument[]): boolean {
  return tender.test(String(args[0])) || args.some((arg) => lexKeys.includes(String(arg)))
}

function mutate(seed: Seed, args: Argument[]): void {
  const place = seed.below(args.length)
  const kind = seed.below(4)
  // The name stays: without it the next word might name a command, such as SYNC.
  if (kind === 0 && place > 0) args.splice(place, 1)
  else if (kind === 1) args.push(seed.pick(args))
  else if (kind === 2) args.splice(place, 0, makers['word']?.(seed) ?? '')
  else if (place > 0 && !args.some(isDelicate)) args[place] = makers['value']?.(seed) ?? ''
}

/**
 * Words whose commands take no number by chance: a time to live of a few milliseconds would pass
 * sooner on one of the two sides, and a bit at 4294967295 makes a value of 512 MiB, which takes
 * longer to send and compare than a reply may take.
 */
function isDelicate(arg: Argument): boolean {
  return /EX|PX|RESTORE|SETBIT|BITFIELD/i.test(String(arg))
}
