'use client'
import { type FormEvent, useState, useTransition } from 'react'
import { Copyable } from '@/components/admin/copyable'
import { tell } from '@/components/admin/outcome'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { Enrolment } from '@/lib/admin/account/views'
import type { TwoStepActions } from './account-actions'
import { QrCode } from './qr-code'

type EnrolDialogProps = {
  readonly actions: TwoStepActions
  readonly onCodes: (codes: readonly string[]) => void
}

/** Shows an authenticator app its secret, and asks for the first code. */
export function EnrolDialog({ actions, onCodes }: EnrolDialogProps) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [problem, setProblem] = useState<string>()
  const [pending, start] = useTransition()
  const begin = () =>
    start(async () => {
      const begun = await actions.begin()
      if (!begun) return tell({ ok: false, message: 'One-time codes are on already' })
      setProblem(undefined)
      setEnrolment(begun)
    })
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
      <Button variant="primary" onClick={begin} disabled={pending}>
        Set up one-time codes…
      </Button>
      <Dialog open={enrolment !== null} onOpenChange={(open) => !open && setEnrolment(null)}>
        <DialogContent
          heading="Set up one-time codes"
          description="Scan this with an authenticator app, such as the one your password manager has."
        >
          {enrolment ? (
            <form onSubmit={confirm} className="mt-4 grid gap-4">
              <div className="justify-self-center">
                <QrCode qr={enrolment.qr} label="QR code for your authenticator app" />
              </div>
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
              <Button type="submit" variant="primary" disabled={pending}>
                {pending ? 'Checking…' : 'Switch on'}
              </Button>
            </form>
          ) : null}
        </DialogContent>
      </Dialog>
    </>
  )
}
