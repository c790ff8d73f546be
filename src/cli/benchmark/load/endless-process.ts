// endless-process.ts: the entry of the process that endless.ts starts.
import { writeEndlessly } from './endless.ts'

process.once('message', writeEndlessly)
process.once('disconnect', () => process.exit())
