import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Stage } from '@/components/stage'
import { Callout } from '@/components/ui/callout'
import { homeOf, isHome } from '@/lib/auth/home'
import { safeNext } from '@/lib/auth/next-path'
import { currentOperator } from '@/lib/auth/session'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Query = { next?: string | string[]; notice?: string | string[]; switch?: string | string[] }

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const next = safeNext(typeof query.next === 'string' ? query.next : undefined)
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
      {/* who has no target comes back here, and is led to where their role belongs */}
      <SignInForm next={isHome(next) ? '/sign-in' : next} />
      <noscript>
        <Callout tone="warn" className="mt-5">
          Signing in needs JavaScript. Turn it on for this site, then load the page again.
        </Callout>
      </noscript>
    </Stage>
  )
}
