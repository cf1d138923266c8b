import { z } from 'zod'
import { combine, defineSetting } from './define'
import type { Texts } from './setting'
import { secretOf, wholeNumber } from './texts'

/**
 * The public origin; `null` where nothing names one. A preview that was given production's answers
 * under its own address: there is no way back from a sign-in on another host.
 */
export function originOf(given: string | null, all: Texts): string | null {
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

/** What depends on functions that come and go, where a host would stay. */
export const vercel = {
  cronSecret: defineSetting('CRON_SECRET', secretOf(16), {
    about:
      'Whoever sends this as a bearer token may call `/api/cron`, which does what timers do elsewhere. At least 16 characters; Vercel sends it by itself when it is set there.',
  }),
  /** `null` for as long as the reader stays */
  streamSeconds: defineSetting(
    'PORTICO_STREAM_SECONDS',
    wholeNumber(0, 86_400).transform((seconds) => seconds || null),
    {
      default: { usual: '0', vercel: '280' },
      about:
        'Ends streams of events after so many seconds; their readers connect again. 0: never. Vercel cuts them after 300.',
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
         * Whether each request may be another process, frozen as soon as it has answered: nothing
         * runs between requests there, and no notification is heard.
         */
        isServerless: Boolean(isVercel),
        /** a deployment beside the one in production, which may share its database */
        isPreview: kind === 'preview',
        /** which deployment this is, where the platform says so */
        deployment: deployment ?? '',
      }),
    },
  ),
}
