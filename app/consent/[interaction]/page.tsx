import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ConsentAnswered } from '@/components/consent/consent-answered'
import { ConsentClosed } from '@/components/consent/consent-closed'
import { ConsentForm } from '@/components/consent/consent-form'
import { ConsentHeld } from '@/components/consent/consent-held'
import { SinglePage } from '@/components/stage'
import { currentOperator } from '@/lib/auth/session'
import { type ConsentView, readConsent } from '@/lib/endpoints/consent'

export const metadata: Metadata = { title: 'Allow a connection' }

/** Whole minutes until then, in words. */
function minutesLeft(expiresAt: Date): string {
  const minutes = Math.floor((expiresAt.getTime() - Date.now()) / 60_000)
  if (minutes < 1) return 'less than a minute'
  return minutes === 1 ? 'one minute' : `${minutes} minutes`
}

/** A page of the request that shows no form. */
function Closed({
  view,
  goesOn,
}: {
  view: Exclude<ConsentView, { state: 'open' }>
  goesOn: boolean
}) {
  if ('expiresAt' in view) return <ConsentHeld view={view} />
  return 'clientName' in view ? (
    <ConsentAnswered view={view} goesOn={goesOn} />
  ) : (
    <ConsentClosed view={view} />
  )
}

type Params = Promise<{ interaction: string }>
type Query = Promise<{ go?: string | string[] }>

export default async function ConsentPage({
  params,
  searchParams,
}: {
  params: Params
  searchParams: Query
}) {
  const { interaction } = await params
  const operator = await currentOperator()
  if (!operator) redirect(`/sign-in?next=${encodeURIComponent(`/consent/${interaction}`)}`)
  const view = await readConsent(interaction, await headers(), operator)
  if (view.state !== 'open') {
    return (
      <SinglePage footnote={view.serverName}>
        <Closed view={view} goesOn={(await searchParams).go === 'on'} />
      </SinglePage>
    )
  }
  return (
    <SinglePage
      wide
      footnote={`Deny if you did not start this yourself. This page waits ${minutesLeft(view.expiresAt)} for your answer.`}
    >
      <ConsentForm view={view} />
    </SinglePage>
  )
}
