// role.ts: what an engine is to others that hold the same data.

/** A primary decides what happens to the data; a replica does what its primary says. */
export type Role = 'primary' | 'replica'

/** A role as the protocol words it. */
export const WIRE_ROLES: Readonly<Record<Role, string>> = { primary: 'master', replica: 'slave' }
