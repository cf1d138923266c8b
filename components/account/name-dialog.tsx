'use client'
import { type FormEvent, useState, useTransition } from 'react'
import { notify, type Outcome } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ScriptButton } from '@/components/ui/script-button'

type NameDialogProps = {
  /** label of the trigger, and its accessible name: there is one per item */
  readonly trigger: string
  readonly label: string
  readonly title: string
  /** initial value */
  readonly name: string
  readonly confirm: string
  /** returns `null` for no notice */
  readonly onName: (name: string) => Promise<Outcome | null>
}

/** Asks for a name and submits it. */
export function NameDialog(props: NameDialogProps) {
  const [open, setOpen] = useState(false)
  const [pending, start] = useTransition()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '')
    start(async () => {
      const outcome = await props.onName(name)
      if (outcome) notify(outcome)
      if (outcome?.ok) setOpen(false)
    })
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <ScriptButton aria-label={props.label}>{props.trigger}</ScriptButton>
      </DialogTrigger>
      <DialogContent heading={props.title}>
        <form onSubmit={submit} className="mt-4 grid gap-4">
          <Field
            label="Name"
            name="name"
            autoComplete="off"
            defaultValue={props.name}
            maxLength={60}
            required
          />
          <Button type="submit" variant="primary" disabled={pending}>
            {pending ? 'One moment…' : props.confirm}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  )
}
