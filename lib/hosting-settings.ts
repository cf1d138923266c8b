import { z } from 'zod'

/** What depends on where Portico runs: a host that stays, or functions that come and go. */
export type HostingSettings = {
  /** PostgreSQL past a pooler: what needs a session of its own goes there */
  readonly directUrl: string | null
  /** connections to PostgreSQL at most */
  readonly databasePool: number
  /** whether tables may be changed at start; `if-empty` makes them and changes none */
  readonly migrate: 'always' | 'if-empty' | 'never'
  readonly hasDisk: boolean
  /**
   * Whether each request may be another process, frozen as soon as it has answered: nothing runs
   * between requests there, and no notification is heard.
   */
  readonly isServerless: boolean
  /** a deployment beside the one in production, which may share its database */
  readonly isPreview: boolean
  /** which deployment this is, where the platform says so */
  readonly deployment: string
  readonly cronSecret: string | null
  /** how long a stream of events may last, in seconds; `null` for as long as its reader stays */
  readonly streamSeconds: number | null
  /** streams that one connection may hold open; a person may hold twice as many */
  readonly streamsPerConnection: number
}

/** The URL of a PostgreSQL database. */
export const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/./, 'must start with postgresql://')
  .refine(URL.canParse, 'must be a URL; percent-encode special characters of the password')

/** How each of these variables is checked. */
export const hostingVariables = {
  DIRECT_URL: postgresUrl.optional(),
  PORTICO_DATABASE_POOL: z.coerce.number().int().min(1).max(200).optional(),
  PORTICO_MIGRATE: z.enum(['always', 'never'], 'must be always or never').optional(),
  CRON_SECRET: z.string().min(16, 'must be at least 16 characters').optional(),
  PORTICO_STREAM_SECONDS: z.coerce.number().int().min(0).max(86_400).optional(),
  PORTICO_STREAMS_PER_CONNECTION: z.coerce.number().int().min(1).max(5000).optional(),
  VERCEL: z.string().optional(),
  VERCEL_ENV: z.string().optional(),
  VERCEL_URL: z.string().optional(),
  VERCEL_BRANCH_URL: z.string().optional(),
  VERCEL_PROJECT_PRODUCTION_URL: z.string().optional(),
}

type Given = z.output<z.ZodObject<typeof hostingVariables>>

/**
 * The public origin; `null` where nothing names one. A preview that was given production's answers
 * under its own address: there is no way back from a sign-in on another host.
 */
export function originOf(
  given: Given & { readonly PORTICO_URL?: string | undefined; readonly PORT: number },
): string | null {
  if (!given.VERCEL) return given.PORTICO_URL ?? `http://localhost:${given.PORT}`
  const { VERCEL_URL: own, VERCEL_PROJECT_PRODUCTION_URL: production } = given
  const isPreview = given.VERCEL_ENV === 'preview'
  const isProductions = given.PORTICO_URL === `https://${production}`
  if (given.PORTICO_URL && !(isPreview && isProductions)) return given.PORTICO_URL
  const host = isPreview ? (given.VERCEL_BRANCH_URL ?? own) : (production ?? own)
  return host ? `https://${host}` : null
}

/** The settings that follow from the variables. */
export function hostingSettings(given: Given): HostingSettings {
  const isServerless = Boolean(given.VERCEL)
  const isPreview = given.VERCEL_ENV === 'preview'
  const streamSeconds = given.PORTICO_STREAM_SECONDS ?? (isServerless ? 280 : 0)
  return {
    directUrl: given.DIRECT_URL ?? null,
    databasePool: given.PORTICO_DATABASE_POOL ?? (isServerless ? 3 : 10),
    // a preview may have production's database: it changes no table unasked
    migrate: given.PORTICO_MIGRATE ?? (isPreview ? 'if-empty' : 'always'),
    hasDisk: !isServerless,
    isServerless,
    isPreview,
    deployment: given.VERCEL_URL ?? '',
    cronSecret: given.CRON_SECRET ?? null,
    streamSeconds: streamSeconds === 0 ? null : streamSeconds,
    streamsPerConnection: given.PORTICO_STREAMS_PER_CONNECTION ?? 128,
  }
}
