// option-values.ts: the values of the flags on the command line, each read or refused.
import { AddressError, leadingInteger, parseAddress } from '../../node/net/url.ts'

/** Which program produces the load; `auto` prefers redis-benchmark where servers are compared. */
export type DriverChoice = 'auto' | 'own' | 'redis-benchmark'

/** The command line cannot be followed; `showsUsage` asks for the list of flags behind it. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
  readonly showsUsage: boolean

  constructor(message: string, showsUsage = false) {
    super(message)
    this.showsUsage = showsUsage
  }
}

/** A number up to the first other character, brought into a range. */
export function count(text: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  return Math.min(max, Math.max(min, leadingInteger(text)))
}

export function readAddress(text: string) {
  try {
    return parseAddress(text)
  } catch (error) {
    if (error instanceof AddressError) throw new OptionError(error.message)
    throw error
  }
}

export function portOf(port: number): number {
  if (port < 0 || port > 65535) throw new OptionError('Invalid server port.')
  return port
}

export function precisionOf(digits: number): number {
  return digits < 0 ? 3 : Math.min(4, Math.max(1, digits))
}

export function driverOf(text: string): DriverChoice {
  if (text === 'auto' || text === 'own' || text === 'redis-benchmark') return text
  throw new OptionError('--driver takes auto, own or redis-benchmark.')
}

export function scaleOf(text: string): number {
  const scale = Number(text)
  if (scale > 0 && scale <= 100) return scale
  throw new OptionError('--scale takes a factor above 0, up to 100.')
}

export function invalid(word: string): OptionError {
  return new OptionError(`Invalid option "${word}" or option argument missing`, true)
}

export function refuse(message: string): never {
  throw new OptionError(message)
}
