'use client'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'

type ProofDialogProps = {
  /** words on the button that opens it */
  readonly trigger: string
  readonly title: string
  /** what will happen */
  readonly description: string
  readonly confirm: string
  readonly tone?: 'primary' | 'danger'
  /** does it; returns what is wrong with the proof, or `null` */
  readonly onProof: (proof: string) => Promise<string | null>
}

/** Asks for a password or one-time code before something is changed that protects an account. */
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
    const proof = String(new FormData(event.currentTarget).get('proof') ?? '')
    start(async () => {
      const wrong = await props.onProof(proof)
      if (wrong) setProblem(wrong)
      else change(false)
    })
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>{props.trigger}</Button>
      </DialogTrigger>
      <DialogContent heading={props.title} description={props.description}>
        <form onSubmit={submit} className="mt-4 grid gap-4">
          <Field
            label="Your password or a one-time code"
            name="proof"
            type="password"
            autoComplete="current-password"
            problem={problem}
            required
          />
          <Button type="submit" variant={props.tone ?? 'primary'} disabled={pending}>
            {pending ? 'Checking…' : props.confirm}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  )
}
