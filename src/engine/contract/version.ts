// version.ts: what this is, and which server it speaks like.

/** Rubellite's own version; a test keeps it equal to package.json's. */
export const VERSION = '0.1.0'

/** The version of Redis whose replies, errors and metadata are followed. */
export const REDIS_VERSION = '8.2.3'
