import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SinglePage } from '@/components/stage'
import { Callout } from '@/components/ui/callout'
import { lossOfError } from '@/lib/auth/cookie-loss'
import { ownOrigin, sessionLost } from '@/lib/auth/lost-cookie'
import { homeOf, isHome, nextOfCallback, safeNext } from '@/lib/auth/next-path'
import { providerButtons } from '@/lib/auth/providers'
import { currentOperator } from '@/lib/auth/session'
import { isSessionStale } from '@/lib/auth/stale-session'
import { CodeForm } from './code-form'
import { CookieLost } from './cookie-lost'
import { refusalWords } from './refusal'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Query = Readonly<
  Record<
    | 'next'
    | 'notice'
    | 'switch'
    | 'error'
    | 'provider'
    | 'kept'
    | 'step'
    | 'callbackUrl'
    | 'entered'
    | 'at'
    | 'forgotten',
    string | string[] | undefined
  >
>

const one = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value : undefined

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  // next-auth reports an error in its own query parameter
  const next = query.next ? safeNext(one(query.next)) : nextOfCallback(one(query.callbackUrl))
  const providers = providerButtons()
  const refusal = refusalWords(
    one(query.error),
    providers.find(({ id }) => id === query.provider)?.name,
    one(query.kept),
    ownOrigin(),
  )
  const wantsAnother = query.switch !== undefined
  const operator = wantsAnother ? null : await currentOperator()
  if (operator) redirect(isHome(next) ? homeOf(operator.role) : next)
  const { entered, at, forgotten } = query
  // only once: a browser that keeps the cookie would loop otherwise
  if (!forgotten && (await isSessionStale()))
    redirect(`/api/auth/stale?next=${encodeURIComponent(next)}`)
  const loss =
    lossOfError(one(query.error)) ??
    sessionLost(await headers(), { entered: one(entered), at: one(at), next })
  return (
    <SinglePage>
      <h1 className="font-semibold text-xl">Sign in</h1>
      <p className="mt-1 mb-6 text-muted">
        {next.startsWith('/consent/')
          ? 'An app is waiting for your answer. Sign in to see what it asks for.'
          : 'With your account on this server.'}
      </p>
      {query.notice === 'set-up' ? (
        <Callout tone="ok" role="status" className="mb-5">
          Your account is ready. Sign in with the password you just chose.
        </Callout>
      ) : null}
      {forgotten ? (
        <Callout role="status" className="mb-5">
          Your session in this browser is no longer valid. Sign in again.
        </Callout>
      ) : null}
      {loss ? <CookieLost loss={loss} origin={ownOrigin()} next={next} /> : null}
      {refusal ? (
        <Callout tone="bad" role="alert" className="mb-5">
          {refusal}
        </Callout>
      ) : null}
      {/* without a target this page redirects by role */}
      {query.step === 'code' ? (
        <CodeForm next={isHome(next) ? '/sign-in' : next} now={Date.now()} />
      ) : (
        <SignInForm
          next={isHome(next) ? '/sign-in' : next}
          now={Date.now()}
          providers={providers}
        />
      )}
      <noscript>
        <Callout tone="warn" className="mt-5">
          Signing in needs JavaScript. Turn it on for this site, then load the page again.
        </Callout>
      </noscript>
    </SinglePage>
  )
}
