import { z } from 'zod'
import { combine, defineSetting } from './define'
import type { Texts } from './setting'
import { secretOf, wholeNumber } from './texts'

/**
 * The public origin; `null` if none is known. A preview with production's `PORTICO_URL` uses its own
 * address, because a sign-in on another host could not return to it.
 */
export function vercelOrigin(given: string | null, all: Texts): string | null {
  if (!all.VERCEL) return given ?? `http://localhost:${Number(all.PORT ?? 3000)}`
  const { VERCEL_URL: own, VERCEL_PROJECT_PRODUCTION_URL: production } = all
  const isPreview = all.VERCEL_ENV === 'preview'
  const isProductions = given === `https://${production}`
  if (given && !(isPreview && isProductions)) return given
  const host = isPreview ? (all.VERCEL_BRANCH_URL ?? own) : (production ?? own)
  return host ? `https://${host}` : null
}

const platform = (name: string, about: string) =>
  defineSetting(name, z.string(), { about, commented: true, without: 'set by Vercel' })

/** Settings for serverless platforms. */
export const vercel = {
  cronSecret: defineSetting('CRON_SECRET', secretOf(16), {
    about:
      'The bearer token for `/api/cron`, which does the work of timers on other hosts. At least 16 characters; Vercel sends it automatically when it is set there.',
  }),
  /** `null` for no limit */
  streamSeconds: defineSetting(
    'PORTICO_STREAM_SECONDS',
    wholeNumber(0, 86_400).transform((seconds) => seconds || null),
    {
      default: { usual: '0', vercel: '280' },
      about:
        'Ends event streams after this many seconds; their readers reconnect. 0: never. Vercel cuts them after 300.',
    },
  ),
  platform: combine(
    {
      vercel: platform(
        'VERCEL',
        'There is no disk on Vercel: `DATABASE_URL` and `PORTICO_SECRET` must be set.',
      ),
      kind: platform('VERCEL_ENV', '`production`, `preview` or `development`.'),
      deployment: platform('VERCEL_URL', 'The host of this deployment.'),
      branch: platform(
        'VERCEL_BRANCH_URL',
        'The host of the newest deployment of its branch: the public origin of a preview.',
      ),
      production: platform(
        'VERCEL_PROJECT_PRODUCTION_URL',
        'The host of production: its public origin where `PORTICO_URL` is not set.',
      ),
    },
    {
      value: ({ vercel: isVercel, kind, deployment }) => ({
        hasDisk: !isVercel,
        /**
         * Whether each request may run in another process, frozen after its answer: nothing runs between
         * requests, and no database notifications arrive.
         */
        isServerless: Boolean(isVercel),
        /** a deployment besides production, which may share its database */
        isPreview: kind === 'preview',
        /** the name of this deployment, if the platform gives one */
        deployment: deployment ?? '',
      }),
    },
  ),
}
