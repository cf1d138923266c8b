import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Stage } from '@/components/stage'
import { Callout } from '@/components/ui/callout'
import { homeOf, isHome } from '@/lib/auth/home'
import { nextOfCallback, safeNext } from '@/lib/auth/next-path'
import { providerButtons } from '@/lib/auth/providers'
import { currentOperator } from '@/lib/auth/session'
import { CodeForm } from './code-form'
import { refusalWords } from './refusal'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Query = Readonly<
  Record<
    'next' | 'notice' | 'switch' | 'error' | 'provider' | 'step' | 'callbackUrl',
    string | string[] | undefined
  >
>

const one = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value : undefined

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  // next-auth comes back from a fault with a parameter of its own
  const next = query.next ? safeNext(one(query.next)) : nextOfCallback(one(query.callbackUrl))
  const providers = providerButtons()
  const refusal = refusalWords(
    one(query.error),
    providers.find(({ id }) => id === query.provider)?.name,
  )
  const wantsAnother = query.switch !== undefined
  const operator = wantsAnother ? null : await currentOperator()
  if (operator) redirect(isHome(next) ? homeOf(operator.role) : next)
  return (
    <Stage>
      <h1 className="font-semibold text-xl">Sign in</h1>
      <p className="mt-1 mb-6 text-muted">
        {next.startsWith('/consent/')
          ? 'An app is waiting for your answer. Sign in to see what it asks for.'
          : 'To this server, and what you allowed on it.'}
      </p>
      {query.notice === 'set-up' ? (
        <Callout tone="ok" role="status" className="mb-5">
          Your account is ready. Sign in with the password you just chose.
        </Callout>
      ) : null}
      {refusal ? (
        <Callout tone="bad" role="alert" className="mb-5">
          {refusal}
        </Callout>
      ) : null}
      {/* who has no target comes back here, and is led to where their role belongs */}
      {query.step === 'code' ? (
        <CodeForm next={isHome(next) ? '/sign-in' : next} />
      ) : (
        <SignInForm next={isHome(next) ? '/sign-in' : next} providers={providers} />
      )}
      <noscript>
        <Callout tone="warn" className="mt-5">
          Signing in needs JavaScript. Turn it on for this site, then load the page again.
        </Callout>
      </noscript>
    </Stage>
  )
}
