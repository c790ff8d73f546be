// info-format.ts: how INFO writes figures.

const UNITS = ['K', 'M', 'G', 'T', 'P']

/** Bytes for people: 512B, 1.50K, 2.00M. */
export function humanBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`
  let value = bytes / 1024
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(2)}${UNITS[unit]}`
}

/** With two digits behind the point; 1.00 of nothing. */
export function ratio(part: number, whole: number): string {
  return (whole === 0 ? 1 : part / whole).toFixed(2)
}

/** As a share of a hundred with two digits behind the point: 12.50%. */
export function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (part * 100) / whole).toFixed(2)}%`
}

/** Milliseconds as whole seconds. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** A name without the characters that INFO's format gives a meaning. */
export function safeName(name: string): string {
  return name.replace(/[#:\r\n]/g, '_')
}
