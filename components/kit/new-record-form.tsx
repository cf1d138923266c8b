'use client'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { LinkButton } from './links'

type MadeProps = {
  readonly title: string
  /** what to do with what was made */
  readonly sentence: string
  /** what is shown this once */
  readonly children: ReactNode
  /** the list of such records, and the label of the link to it */
  readonly href: string
  readonly back: string
}

/** What a form has made. */
export function Made({ title, sentence, children, href, back }: MadeProps) {
  return (
    <Card className="grid max-w-2xl gap-4 p-4 sm:p-5">
      <div>
        <h2 className="wrap-anywhere font-semibold text-lg">{title}</h2>
        <p className="mt-0.5 text-muted text-sm">{sentence}</p>
      </div>
      {children}
      <LinkButton href={href} variant="primary" className="md:justify-self-start">
        {back}
      </LinkButton>
    </Card>
  )
}

type NewRecordFormProps = {
  readonly action: (form: FormData) => void
  readonly pending: boolean
  /** the fields */
  readonly children: ReactNode
  /** where Cancel leads */
  readonly href: string
  /** label of the button */
  readonly submit: string
  /** label of the button while the action runs */
  readonly busy: string
  /** shown instead once it is made */
  readonly made: ReactNode
}

/** The form of a page that makes something new; then shows what was made. */
export function NewRecordForm(props: NewRecordFormProps) {
  const { action, pending, children, href, submit, busy, made } = props
  return (
    // Always rendered, so that screen readers announce what was made.
    <div aria-live="polite" className="min-w-0">
      {made ?? (
        <Card className="max-w-2xl p-4 sm:p-5">
          <form action={action} className="grid gap-5">
            {children}
            <div className="flex gap-2 max-md:flex-col-reverse md:justify-end">
              <LinkButton href={href}>Cancel</LinkButton>
              <SubmitButton variant="primary" pending={pending} busy={busy}>
                {submit}
              </SubmitButton>
            </div>
          </form>
        </Card>
      )}
    </div>
  )
}
