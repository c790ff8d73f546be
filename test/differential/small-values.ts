// small-values.ts: commands that make one small value of each type in each encoding, under a
// configuration in which a few elements make a large one: for tests that damage every byte.

/** Limits so low that small values have every encoding. */
export const lowLimits = {
  'hash-max-listpack-entries': '4',
  'set-max-intset-entries': '5',
  'set-max-listpack-entries': '4',
  'zset-max-listpack-entries': '4',
  'list-max-listpack-size': '3',
  'stream-node-max-entries': '3',
}

const far = '4102444800000'

/** The commands for each value; its key is its name. */
export const smallValues: Readonly<Record<string, readonly (readonly string[])[]>> = {
  text: [['SET', 'text', 'some text']],
  number: [['SET', 'number', '12345']],
  compressed: [['SET', 'compressed', 'ab'.repeat(30)]],
  'listpack list': [['RPUSH', 'listpack list', 'a', '-5', '70000']],
  'long listpack list': [['RPUSH', 'long listpack list', 'x'.repeat(70), '8589934592']],
  'quicklist of nodes': [['RPUSH', 'quicklist of nodes', ...'abcdefghij'.split('')]],
  'listpack hash': [['HSET', 'listpack hash', 'a', '1', 'bb', 'text', 'c', '-129']],
  'table hash': [['HSET', 'table hash', ...'abcdefghijkl'.split('')]],
  'expiring listpack hash': [
    ['HSET', 'expiring listpack hash', 'a', '1', 'b', '2', 'c', '3'],
    ['HPEXPIREAT', 'expiring listpack hash', far, 'FIELDS', '2', 'b', 'c'],
  ],
  'expiring table hash': [
    ['HSET', 'expiring table hash', ...'abcdefghijkl'.split('')],
    ['HPEXPIREAT', 'expiring table hash', far, 'FIELDS', '2', 'a', 'c'],
  ],
  'intset of 16 bits': [['SADD', 'intset of 16 bits', '1', '-2', '300']],
  'intset of 32 bits': [['SADD', 'intset of 32 bits', '1', '-70000']],
  'intset of 64 bits': [['SADD', 'intset of 64 bits', '1', '8589934592']],
  'listpack set': [['SADD', 'listpack set', 'a', 'bb', '17']],
  'table set': [['SADD', 'table set', ...'abcdefgh'.split('')]],
  'listpack sorted set': [['ZADD', 'listpack sorted set', '-1.5', 'a', '2', 'b', 'inf', 'c']],
  'tree sorted set': [
    ['ZADD', 'tree sorted set', '1', 'a', '2.5', 'b', '2', 'c', '4', 'd', '5', 'e'],
  ],
  stream: [
    ['XADD', 'stream', '1-1', 'a', '1', 'b', '2'],
    ['XADD', 'stream', '1-2', 'a', '3', 'b', '4'],
    ['XADD', 'stream', '5-0', 'other', 'x'],
    ['XADD', 'stream', '6-0', 'a', '1', 'b', '2'],
    ['XDEL', 'stream', '1-2'],
  ],
  'stream with groups': [
    ['XADD', 'stream with groups', '1-1', 'a', '1'],
    ['XADD', 'stream with groups', '2-1', 'a', '2'],
    ['XGROUP', 'CREATE', 'stream with groups', 'g', '0'],
    ['XGROUP', 'CREATE', 'stream with groups', 'h', '$'],
    ['XREADGROUP', 'GROUP', 'g', 'one', 'COUNT', '1', 'STREAMS', 'stream with groups', '>'],
    ['XREADGROUP', 'GROUP', 'g', 'two', 'STREAMS', 'stream with groups', '>'],
  ],
  'empty stream': [
    ['XADD', 'empty stream', '1-1', 'a', '1'],
    ['XDEL', 'empty stream', '1-1'],
  ],
}
