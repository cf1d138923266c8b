import { z } from 'zod'

/** The one version of the format there is. */
export const formatVersion = 1

/** A first line: what else is in it is left out. */
export const headerShape = z.object({
  portico: z.literal('backup'),
  format: z.literal(formatVersion),
  /** of Portico */
  release: z.string(),
  /** of what it was taken */
  kind: z.enum(['embedded', 'postgresql']),
  takenAt: z.iso.datetime(),
  /** tells the master secret that its keys are sealed under, and does not tell what it is */
  secret: z.string(),
  /** those whose tables it holds, oldest first */
  migrations: z.array(z.string()).readonly(),
})

/** The first line. */
export type Header = Readonly<z.infer<typeof headerShape>>

/** A last line. */
export const trailerShape = z.object({
  end: z.literal(true),
  /** rows by table */
  counts: z.record(z.string(), z.int().nonnegative()).readonly(),
  /** where each stands: its last value, and whether that was handed out */
  sequences: z
    .record(z.string(), z.tuple([z.string().regex(/^-?\d{1,19}$/), z.boolean()]).readonly())
    .readonly(),
  /** SHA-256 of all lines before, in hex */
  sha256: z.string(),
})

/** The last line. */
export type Trailer = Readonly<z.infer<typeof trailerShape>>
