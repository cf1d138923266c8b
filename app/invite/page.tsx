import type { Metadata } from 'next'
import Link from 'next/link'
import { roleWords } from '@/components/kit/role-words'
import { Notice, SinglePage } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button'
import { readInvite } from '@/lib/auth/invite'
import { providerButtons } from '@/lib/auth/providers'
import { ProviderButtons } from '../sign-in/provider-buttons'
import { InviteForm } from './invite-form'

export const metadata: Metadata = {
  title: 'Invitation',
  // Under `no-referrer` a form without JavaScript posts `Origin: null`, which Next refuses.
  referrer: 'same-origin',
  robots: 'noindex',
}

type Query = { token?: string | string[] }

function Wrong({ wait }: { wait?: number }) {
  return (
    <SinglePage>
      <Notice
        title={wait ? 'Too many links were tried' : 'This link does not work'}
        action={
          <Link href="/sign-in" className={buttonVariants()}>
            Sign in
          </Link>
        }
      >
        {wait ? (
          <p>Wait {Math.ceil(wait / 60)} min, then open the link again.</p>
        ) : (
          <p>
            It is incomplete, was used or withdrawn, or is older than seven days. Ask the admin who
            sent it for a new one; if it has done its work, sign in.
          </p>
        )}
      </Notice>
    </SinglePage>
  )
}

export default async function InvitePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token } = await searchParams
  if (typeof token !== 'string') return <Wrong />
  const view = await readInvite(token)
  if ('wait' in view) return <Wrong wait={view.wait} />
  const isNew = view.role !== null
  const providers = isNew ? providerButtons() : []
  return (
    <SinglePage footnote="This link works once.">
      <h1 className="font-semibold text-xl">
        {isNew ? 'You are invited' : 'Choose a new password'}
      </h1>
      <p className="mt-1 mb-6 text-pretty text-muted">
        {isNew ? 'Your account is ' : 'For the account '}
        <span className="wrap-anywhere font-medium text-ink">{view.email}</span>
        {'. '}
        {view.role ? `${roleWords[view.role].who} ${roleWords[view.role].may}` : null}
      </p>
      <InviteForm token={token} email={view.email} isNew={isNew} />
      {providers.length > 0 ? (
        <div className="mt-4 grid gap-2 border-t pt-4">
          <p className="text-pretty text-muted text-sm">
            Or without a password, where you have this address:
          </p>
          <ProviderButtons providers={providers} next="/sign-in" />
        </div>
      ) : null}
    </SinglePage>
  )
}
