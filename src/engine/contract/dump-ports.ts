// dump-ports.ts: what a type writes its values to and reads them from: the RDB writer and reader
// of formats, seen through as little as a type needs.

export type { RdbReader as DumpReader } from '../../formats/rdb/reader.ts'
export type { RdbWriter as DumpWriter } from '../../formats/rdb/writer.ts'
