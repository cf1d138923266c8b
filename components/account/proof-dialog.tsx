'use client'
import { CircleAlert } from 'lucide-react'
import { type FormEvent, type ReactNode, useState, useTransition } from 'react'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ScriptButton } from '@/components/ui/script-button'
import { SubmitButton } from '@/components/ui/submit-button'
import type { ProofAsked } from '@/lib/admin/account/proof-fault'

const labels: Readonly<Record<Exclude<ProofAsked, 'sign-in'>, string>> = {
  password: 'Your password',
  'password-or-code': 'Your password or a one-time code',
  code: 'A one-time code',
}

type ProofFieldProps = { readonly asked: ProofAsked; readonly problem: string | undefined }

/** The proof: a password or code; no field for users without either. */
function ProofField({ asked, problem }: ProofFieldProps) {
  if (asked !== 'sign-in') {
    return (
      <Field
        label={labels[asked]}
        name="proof"
        type="password"
        autoComplete={asked === 'code' ? 'one-time-code' : 'current-password'}
        problem={problem}
        required
      />
    )
  }
  return problem ? (
    <p role="alert" className="flex gap-1.5 text-bad-ink text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {problem}
    </p>
  ) : null
}

type ProofDialogProps = {
  /** `sign-in` asks for nothing beyond it */
  readonly asked: ProofAsked
  /** label of the trigger, and its accessible name if that needs more */
  readonly trigger: string
  readonly label?: string
  readonly look?: 'primary'
  readonly title: string
  /** what will happen */
  readonly description?: string
  readonly confirm: string
  readonly tone?: 'primary' | 'danger'
  /** fields above the proof */
  readonly children?: ReactNode
  /** runs the action; returns an error to show in the dialog, or `null` */
  readonly onProof: (proof: string, form: FormData) => Promise<string | null>
}

/** Asks for a proof before a change to how the account is protected, and for what it needs. */
export function ProofDialog(props: ProofDialogProps) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [pending, start] = useTransition()
  const change = (next: boolean) => {
    setProblem(undefined)
    setOpen(next)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setProblem(undefined)
    start(async () => {
      const wrong = await props.onProof(String(form.get('proof') ?? ''), form)
      if (wrong) setProblem(wrong)
      else change(false)
    })
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <ScriptButton variant={props.look} aria-label={props.label}>
          {props.trigger}
        </ScriptButton>
      </DialogTrigger>
      <DialogContent heading={props.title} description={props.description}>
        <form onSubmit={submit} className="mt-4 grid gap-4">
          {props.children}
          <ProofField asked={props.asked} problem={problem} />
          <SubmitButton variant={props.tone ?? 'primary'} pending={pending} busy="One moment…">
            {props.confirm}
          </SubmitButton>
        </form>
      </DialogContent>
    </Dialog>
  )
}
