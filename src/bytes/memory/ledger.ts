// ledger.ts: what all arenas and tables of one engine hold together, and what they gave up.
//
// Whether memory is above its limit is asked before every command: one sum that every arena and
// table keeps up to date answers with one load, where adding up sixteen databases costs 160.
// What was given up is counted until the host is told, which may know how to get it back: the
// garbage collector runs when something is allocated, and a server that was emptied of 100 MB kept
// them all (docs/decisions/used-memory.md).

export class Ledger {
  /** Bytes of all live blocks and tables. */
  bytes = 0
  /**
   * Bytes of the buffers that were given up since the host was told; loans of them stay true as
   * long as anybody has one.
   */
  droppedBytes = 0
}
