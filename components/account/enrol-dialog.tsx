'use client'
import { type FormEvent, useState, useTransition } from 'react'
import { Copyable } from '@/components/kit/copyable'
import { showResult } from '@/components/kit/outcome'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { ProofAsked } from '@/lib/admin/account/proof-fault'
import type { Enrolment } from '@/lib/admin/account/two-step'
import type { TwoStepActions } from './account-actions'
import { ProofDialog } from './proof-dialog'

/** The QR code; dark on white in both themes, since not every camera reads inverted codes. */
function QrCode({ qr: { size, path } }: Pick<Enrolment, 'qr'>) {
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code for your authenticator app"
      shapeRendering="crispEdges"
      className="size-48 justify-self-center rounded-lg border"
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  )
}

type EnrolDialogProps = {
  readonly asked: ProofAsked
  readonly actions: TwoStepActions
  readonly onCodes: (codes: readonly string[]) => void
  /** restores the focus after closing */
  readonly onClosed: () => void
}

/** Asks for a proof, shows the QR code, and asks for the first code. */
export function EnrolDialog({ asked, actions, onCodes, onClosed }: EnrolDialogProps) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [problem, setProblem] = useState<string>()
  const [pending, start] = useTransition()
  const begin = async (proof: string) => {
    const begun = await actions.begin(proof)
    if (begun.problem !== null) return begun.problem
    if (!begun.done) showResult({ ok: false, message: 'One-time codes are on already' })
    setProblem(undefined)
    setEnrolment(begun.done)
    return null
  }
  const confirm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '')
    start(async () => {
      const result = await actions.confirm(code)
      if (!result.ok) return setProblem(result.problem)
      setEnrolment(null)
      onCodes(result.codes)
    })
  }
  return (
    <>
      <ProofDialog
        asked={asked}
        trigger="Set up one-time codes…"
        look="primary"
        title="Set up one-time codes?"
        description="You need an authenticator app, such as the one your password manager has."
        confirm="Show the key"
        onProof={begin}
      />
      <Dialog open={enrolment !== null} onOpenChange={(open) => !open && setEnrolment(null)}>
        <DialogContent
          heading="Set up one-time codes"
          description="Scan this with your authenticator app."
          onClosed={onClosed}
        >
          {enrolment ? (
            <form onSubmit={confirm} className="mt-4 grid gap-4">
              <QrCode qr={enrolment.qr} />
              <div className="grid gap-1.5 text-sm">
                <p className="text-muted">Cannot scan it? Type this key into the app instead.</p>
                <Copyable value={enrolment.secret} what="key" />
              </div>
              <Field
                label="Code that the app shows"
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={7}
                problem={problem}
                required
              />
              <SubmitButton variant="primary" pending={pending} busy="Checking…">
                Turn on
              </SubmitButton>
            </form>
          ) : null}
        </DialogContent>
      </Dialog>
    </>
  )
}
