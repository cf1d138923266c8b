import { CircleAlert } from 'lucide-react'
import { Field } from '@/components/ui/field'
import type { ProofAsked } from '@/lib/admin/account/views'

const labels: Readonly<Record<Exclude<ProofAsked, 'sign-in'>, string>> = {
  password: 'Your password',
  'password-or-code': 'Your password or a one-time code',
  code: 'A one-time code',
}

type ProofFieldProps = { readonly asked: ProofAsked; readonly problem: string | undefined }

/** The proof: a password or code; no field for users without either. */
export function ProofField({ asked, problem }: ProofFieldProps) {
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
