import { z } from 'zod'

/** The only version of the format so far. */
export const formatVersion = 1

/** A first line; unknown members are ignored. */
export const headerShape = z.object({
  portico: z.literal('backup'),
  format: z.literal(formatVersion),
  /** of Portico */
  release: z.string(),
  /** of its database */
  kind: z.enum(['embedded', 'postgresql']),
  takenAt: z.iso.datetime(),
  /** identifies the master secret that encrypts its keys, without revealing it */
  secret: z.string(),
  /** those that created its tables, oldest first */
  migrations: z.array(z.string()).readonly(),
})

/** The first line. */
export type Header = Readonly<z.infer<typeof headerShape>>

/** A last line. */
export const trailerShape = z.object({
  end: z.literal(true),
  /** rows by table */
  counts: z.record(z.string(), z.int().nonnegative()).readonly(),
  /** each sequence's last value, and whether that was handed out */
  sequences: z
    .record(z.string(), z.tuple([z.string().regex(/^-?\d{1,19}$/), z.boolean()]).readonly())
    .readonly(),
  /** SHA-256 of all lines before, in hex */
  sha256: z.string(),
})

/** The last line. */
export type Trailer = Readonly<z.infer<typeof trailerShape>>
