// module-id.ts: the numbers by which RDB files name the types of modules: nine letters of six bits
// each, then ten bits for the version of the encoding.

/** The letters, by their six bits. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const NAME_LENGTH = 9
const VERSION_BITS = 10n
/** The highest version that a number has room for. */
export const MODULE_VERSION_MAX = 1023

/**
 * The number of a type.
 * @param name nine of A-Z, a-z, 0-9, `-` and `_`
 * @param version 0 to 1023
 * @throws RangeError for anything else
 */
export function moduleId(name: string, version: number): bigint {
  if (!/^[\w-]{9}$/.test(name)) {
    throw new RangeError(`'${name}' is not nine of A-Z, a-z, 0-9, - and _`)
  }
  if (!Number.isInteger(version) || version < 0 || version > MODULE_VERSION_MAX) {
    throw new RangeError(`the version of ${name} is not from 0 to ${MODULE_VERSION_MAX}`)
  }
  let id = 0n
  for (const letter of name) id = (id << 6n) | BigInt(LETTERS.indexOf(letter))
  return (id << VERSION_BITS) | BigInt(version)
}

/** The name in a number. */
export function moduleName(id: bigint): string {
  let name = ''
  let letters = id >> VERSION_BITS
  for (let i = 0; i < NAME_LENGTH; i++) {
    name = LETTERS[Number(letters & 63n)] + name
    letters >>= 6n
  }
  return name
}

/** The version in a number. */
export function moduleVersion(id: bigint): number {
  return Number(id & BigInt(MODULE_VERSION_MAX))
}
