'use client'
import { type FormEvent, type ReactNode, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { ScriptButton } from '@/components/ui/script-button'
import type { ProofAsked } from '@/lib/admin/account/views'
import { ProofField } from './proof-field'

type ProofDialogProps = {
  readonly asked: ProofAsked
  /** label of the trigger, and its accessible name if that needs more */
  readonly trigger: string
  readonly label?: string
  readonly look?: 'primary'
  readonly title: string
  /** what will happen */
  readonly description: string
  readonly confirm: string
  readonly tone?: 'primary' | 'danger'
  /** fields above the proof */
  readonly children?: ReactNode
  /** runs the action; returns an error about the proof, or `null` */
  readonly onProof: (proof: string, form: FormData) => Promise<string | null>
}

/** Asks for a proof before a change to the account's protection. */
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
          <Button type="submit" variant={props.tone ?? 'primary'} disabled={pending}>
            {pending ? 'One moment…' : props.confirm}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  )
}
