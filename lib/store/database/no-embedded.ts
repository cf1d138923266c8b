/**
 * Replaces the embedded database where there is no disk (next.config.ts): its 20 MB would be part of every
 * function, and none could use them.
 */

const absent = (): never => {
  throw new Error('there is no embedded database here: set DATABASE_URL')
}

export const PGlite = { create: absent }
export const createPgConfig = absent
