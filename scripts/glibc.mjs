// glibc.mjs: lets a program built against glibc 2.38 run on an older system (Debian 12 has 2.36):
// its three version needs are marked weak in a copy, and a preloaded library brings the symbols.

const versionNeeds = 0x6ffffffe // the section type SHT_GNU_verneed
const newer = ['GLIBC_2.38', 'GLIBCXX_3.4.32', 'GLIBCXX_3.4.31']
const weak = 2 // the flag VER_FLG_WEAK

/**
 * Marks the needs for newer library versions weak, in place.
 * @param {Buffer} file a 64-bit little-endian ELF file.
 */
export function markWeak(file) {
  const start = Number(file.readBigUInt64LE(0x28))
  const size = file.readUInt16LE(0x3a)
  const count = file.readUInt16LE(0x3c)
  const section = (i) => readSection(file, start + i * size)
  for (let i = 0; i < count; i++) {
    const { type, offset, link } = section(i)
    if (type === versionNeeds) markNeeds(file, offset, section(link).offset)
  }
  return file
}

function readSection(file, at) {
  return {
    type: file.readUInt32LE(at + 4),
    offset: Number(file.readBigUInt64LE(at + 24)),
    link: file.readUInt32LE(at + 40),
  }
}

/** Walks the chain of libraries, and of each library the versions needed from it. */
function markNeeds(file, first, names) {
  for (let need = first, next = -1; next !== 0; need += next) {
    next = file.readUInt32LE(need + 12)
    let version = need + file.readUInt32LE(need + 8)
    for (let left = file.readUInt16LE(need + 2); left > 0; left--) {
      const at = names + file.readUInt32LE(version + 8)
      const name = file.toString('latin1', at, file.indexOf(0, at))
      const flags = file.readUInt16LE(version + 4)
      if (newer.includes(name)) file.writeUInt16LE(flags | weak, version + 4)
      version += file.readUInt32LE(version + 12)
    }
  }
}

/** The linker's version script of the preloaded library. */
export const glibcShimVersions = `GLIBC_2.38 { global: __isoc23_*; fmod; };
GLIBCXX_3.4.32 { global: _ZSt21ios_base_library_initv; };
`

/** The C source of the preloaded library: the newer names, each served by the older function. */
export const glibcShim = `#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <dlfcn.h>
long __isoc23_strtol(const char *s, char **e, int b) { return strtol(s, e, b); }
long long __isoc23_strtoll(const char *s, char **e, int b) { return strtoll(s, e, b); }
unsigned long __isoc23_strtoul(const char *s, char **e, int b) { return strtoul(s, e, b); }
unsigned long long __isoc23_strtoull(const char *s, char **e, int b) {
  return strtoull(s, e, b);
}
long __isoc23_wcstol(const wchar_t *s, wchar_t **e, int b) { return wcstol(s, e, b); }
int __isoc23_sscanf(const char *s, const char *f, ...) {
  va_list a; va_start(a, f); int r = vsscanf(s, f, a); va_end(a); return r;
}
int __isoc23_fscanf(FILE *s, const char *f, ...) {
  va_list a; va_start(a, f); int r = vfscanf(s, f, a); va_end(a); return r;
}
void _ZSt21ios_base_library_initv(void) {}
double fmod(double a, double b) {
  static double (*f)(double, double);
  if (!f) f = (double (*)(double, double))dlvsym(RTLD_NEXT, "fmod", "GLIBC_2.2.5");
  return f(a, b);
}
`
