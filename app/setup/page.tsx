import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice, SinglePage } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button'
import { Code } from '@/components/ui/code'
import { readSetupLink } from '@/lib/auth/setup'
import { SetupForm } from './setup-form'

export const metadata: Metadata = {
  title: 'Set up',
  // Under `no-referrer` a form without JavaScript posts `Origin: null`, which Next refuses.
  referrer: 'same-origin',
}

type Query = { token?: string | string[] }

function Done() {
  return (
    <Notice
      title="Portico is already set up"
      action={
        <Link href="/sign-in" className={buttonVariants({ variant: 'primary' })}>
          Sign in
        </Link>
      }
    >
      <p>The first admin exists, so this link was already used. Sign in instead.</p>
    </Notice>
  )
}

function Wrong() {
  return (
    <Notice title="This set-up link does not work">
      <p>It is incomplete, or belongs to another database.</p>
      <p>
        Until someone uses it, Portico prints its link at every start. Look on its console: with
        Docker that is <Code>docker logs</Code>, on Vercel the log of the project.
      </p>
    </Notice>
  )
}

export default async function SetupPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const token = typeof query.token === 'string' ? query.token : undefined
  const state = await readSetupLink(token)
  if (state === 'done')
    return (
      <SinglePage>
        <Done />
      </SinglePage>
    )
  if (state === 'wrong' || token === undefined)
    return (
      <SinglePage>
        <Wrong />
      </SinglePage>
    )
  return (
    <SinglePage footnote="This link works once.">
      <h1 className="font-semibold text-xl">Set up Portico</h1>
      <p className="mt-1 mb-6 text-muted">
        Create the first admin account. It manages this server.
      </p>
      <SetupForm token={token} />
    </SinglePage>
  )
}
