'use client'
import { useRef, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { CardContent, TitledCard } from '@/components/ui/card'
import type { ProofAsked } from '@/lib/admin/account/proof-fault'
import type { TwoStep } from '@/lib/admin/account/two-step'
import type { TwoStepActions } from './account-actions'
import { EnrolDialog } from './enrol-dialog'
import { ProofDialog } from './proof-dialog'
import { RecoveryCodesDialog } from './recovery-codes-dialog'

const lowCount = 3

function codesLeft(count: number): string {
  if (count === 0) return 'You have no recovery code left. Make new ones.'
  return `You have ${count} recovery ${count === 1 ? 'code' : 'codes'} left${count <= lowCount ? ': make new ones soon' : ''}.`
}

type TwoStepCardProps = {
  readonly twoStep: TwoStep
  readonly asked: ProofAsked
  readonly actions: TwoStepActions
}

/** Sign-in with a one-time code after the password. */
export function TwoStepCard({ twoStep, asked, actions }: TwoStepCardProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const buttons = useRef<HTMLDivElement>(null)
  return (
    <TitledCard
      title="One-time codes"
      titleId="two-step"
      beside={<Badge tone={twoStep.isOn ? 'ok' : 'neutral'}>{twoStep.isOn ? 'On' : 'Off'}</Badge>}
    >
      <CardContent className="grid gap-4">
        <p className="max-w-prose text-muted text-sm">
          {twoStep.isOn
            ? `A password alone is not enough: you also enter a code from your authenticator app. ${codesLeft(twoStep.codesLeft)}`
            : 'With an authenticator app on your phone, a password alone is not enough: you also enter a code from the app.'}
        </p>
        <div ref={buttons} tabIndex={-1} className="flex flex-wrap gap-2">
          {twoStep.isOn ? (
            <>
              <ProofDialog
                asked={asked}
                trigger="New recovery codes…"
                title="Make new recovery codes?"
                description="You get ten new ones. The ones you have now stop working."
                confirm="Make new codes"
                onProof={async (proof) => {
                  const result = await actions.renew(proof)
                  if (!result.ok) return result.problem
                  setCodes(result.codes)
                  return null
                }}
              />
              <ProofDialog
                asked={asked}
                trigger="Turn off…"
                title="Switch one-time codes off?"
                description="From then on your password alone signs you in, and your recovery codes are gone."
                confirm="Turn off"
                tone="danger"
                onProof={actions.switchOff}
              />
            </>
          ) : (
            <EnrolDialog
              asked={asked}
              actions={actions}
              onCodes={setCodes}
              onClosed={() => buttons.current?.querySelector('button')?.focus()}
            />
          )}
        </div>
      </CardContent>
      <RecoveryCodesDialog
        codes={codes}
        onClose={() => setCodes(null)}
        // outside the button: it unmounts once codes are on
        onClosed={() => buttons.current?.focus()}
      />
    </TitledCard>
  )
}
