// sentences.ts: the commands that are tried, one line each: how often, then what it may look like.
// Lower case is an argument of that kind (arguments.ts), upper case a token, `[ ]` optional,
// `( )` grouped, `|` a choice, `+` repeated one to four times.
// Left out: what blocks, closes or ends (CLIENT PAUSE and REPLY, QUIT, SHUTDOWN), and AUTH, whose
// refusal 8.2.3 forgets to send when replies of the same pipeline are still waiting.
import type { Seed } from '../support/seed.ts'
import { type Argument, makers } from './arguments.ts'

const lines = `
20 SET key value
20 SET key value [NX | XX] [GET] [EX seconds | PX millis | EXAT unix | PXAT unixms | KEEPTTL]
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
4  SCAN 0 COUNT 1000 [MATCH pattern] [TYPE string | TYPE list | TYPE word]
2  SCAN integer [COUNT integer] [MATCH pattern]
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

type Part = (seed: Seed, into: Argument[]) => void

interface Sentence {
  /** The sum of all weights up to this line. */
  until: number
  make: Part
}

const sentences: Sentence[] = []
// A line that starts with a number starts a sentence; the others continue it.
for (const line of lines.trim().split(/\n(?=\d)/)) {
  const [weight = '', ...words] = line.match(/[^\s()[\]|+]+|[()[\]|+]/g) ?? []
  const before = sentences.at(-1)?.until ?? 0
  sentences.push({ until: before + Number(weight), make: parseChoice(words) })
}
const total = sentences.at(-1)?.until ?? 0

/** One command, most of them well-formed, some of them with a word too few, too many or wrong. */
export function makeCommand(seed: Seed): Argument[] {
  const at = (seed.below(1_000_000) / 1_000_000) * total
  const args: Argument[] = []
  sentences.find((sentence) => at < sentence.until)?.make(seed, args)
  if (seed.chance(0.04)) mutate(seed, args)
  return args
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

/** Reads up to the closing bracket, which it consumes; the words are taken from the front. */
function parseChoice(words: string[]): Part {
  const choices: Part[][] = [[]]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === ')' || word === ']') break
    if (word === '|') choices.push([])
    else choices.at(-1)?.push(parsePart(word, words))
  }
  return (seed, into) => {
    for (const part of seed.pick(choices)) part(seed, into)
  }
}

function parsePart(word: string, words: string[]): Part {
  if (word !== '(' && word !== '[') return parseWord(word)
  const inner = parseChoice(words)
  const isRepeated = words[0] === '+'
  if (isRepeated) words.shift()
  return (seed, into) => {
    if (word === '[' && seed.chance(0.5)) return
    const times = isRepeated ? seed.between(1, 4) : 1
    for (let i = 0; i < times; i++) inner(seed, into)
  }
}

function parseWord(word: string): Part {
  const maker = makers[word]
  if (maker !== undefined) return (seed, into) => into.push(maker(seed))
  // Case does not matter to the servers, and that is tested too.
  return (seed, into) => into.push(seed.chance(0.2) ? word.toLowerCase() : word)
}
