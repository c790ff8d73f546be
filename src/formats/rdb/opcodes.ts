// opcodes.ts: the numbers of the RDB format, as redis-server 8.2 writes and reads them.

/** The RDB version of redis-server 7.0, the oldest one we write for. */
export const RDB_VERSION_OLDEST = 10
/** The RDB version of redis-server 7.4 to 8.2, the newest one we read and write. */
export const RDB_VERSION = 12

/** The byte before a value: which layout follows. 8 has never been used. */
export const rdbType = {
  string: 0,
  list: 1,
  set: 2,
  zset: 3,
  hash: 4,
  zset2: 5,
  modulePreRelease: 6,
  module2: 7,
  hashZipmap: 9,
  listZiplist: 10,
  setIntset: 11,
  zsetZiplist: 12,
  hashZiplist: 13,
  listQuicklist: 14,
  streamListpacks: 15,
  hashListpack: 16,
  zsetListpack: 17,
  listQuicklist2: 18,
  streamListpacks2: 19,
  setListpack: 20,
  streamListpacks3: 21,
  hashMetadataPreRelease: 22,
  hashListpackExPreRelease: 23,
  hashMetadata: 24,
  hashListpackEx: 25,
} as const

/** The bytes that stand where a type could, and announce something else than a value. */
export const rdbOpcode = {
  slotInfo: 244,
  function2: 245,
  functionPreRelease: 246,
  moduleAux: 247,
  idle: 248,
  freq: 249,
  aux: 250,
  resizeDb: 251,
  expireTimeMs: 252,
  expireTime: 253,
  selectDb: 254,
  eof: 255,
} as const

/** What the parts of a module's value are announced by. */
export const rdbModuleOpcode = {
  eof: 0,
  signedInteger: 1,
  unsignedInteger: 2,
  float: 3,
  double: 4,
  string: 5,
} as const

/** Where a module's own data stands in a file. */
export const rdbModulePlace = { beforeKeys: 1, afterKeys: 2 } as const

// The first byte of a length. Its upper two bits choose the form:
//   00nnnnnn            0 to 63
//   01nnnnnn nnnnnnnn   up to 16383
//   10000000            four bytes follow, big-endian
//   10000001            eight bytes follow, big-endian
//   11eeeeee            not a length: a string in encoding e
export const LENGTH_14_BITS = 0x40
export const LENGTH_32_BITS = 0x80
export const LENGTH_64_BITS = 0x81
export const LENGTH_ENCODED = 0xc0

// Encodings of strings: integers of one, two or four bytes, little-endian, and LZF.
export const ENCODED_INT8 = 0xc0
export const ENCODED_INT16 = 0xc1
export const ENCODED_INT32 = 0xc2
export const ENCODED_LZF = 0xc3

/** Whether the byte announces a value of a type known here. */
export function isRdbType(byte: number): boolean {
  return byte <= rdbType.hashListpackEx && byte !== 8
}

/** What a value of a type is packed in, for messages. */
export function layoutName(type: number): string {
  switch (type) {
    case rdbType.hashZipmap:
      return 'Zipmap'
    case rdbType.listZiplist:
      return 'List ziplist'
    case rdbType.setIntset:
      return 'Intset'
    case rdbType.zsetZiplist:
      return 'Zset ziplist'
    case rdbType.hashZiplist:
      return 'Hash ziplist'
    case rdbType.listQuicklist:
      return 'Ziplist'
    case rdbType.hashListpack:
    case rdbType.hashListpackEx:
    case rdbType.hashListpackExPreRelease:
      return 'Hash listpack'
    case rdbType.zsetListpack:
      return 'Zset listpack'
    case rdbType.listQuicklist2:
      return 'Listpack'
    case rdbType.setListpack:
      return 'Set listpack'
    case rdbType.streamListpacks:
    case rdbType.streamListpacks2:
    case rdbType.streamListpacks3:
      return 'Stream listpack'
    default:
      return 'Value'
  }
}

/**
 * The RDB version that introduced a type: a file or payload of an older version must not hold it.
 * Types that are older than version 7 (Redis 2.8) count as 1.
 */
export function rdbTypeSince(type: number): number {
  if (type >= rdbType.hashMetadataPreRelease) return 12
  if (type >= rdbType.setListpack) return 11
  if (type >= rdbType.hashListpack) return 10
  if (type === rdbType.streamListpacks) return 9
  if (type >= rdbType.zset2 && type <= rdbType.module2) return 8
  return type === rdbType.listQuicklist ? 7 : 1
}
