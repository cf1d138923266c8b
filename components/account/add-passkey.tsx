'use client'
import { type FormEvent, useState, useTransition } from 'react'
import { tell } from '@/components/admin/outcome'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { ProofAsked } from '@/lib/admin/account/views'
import type { MakePasskey, PasskeyActions } from './account-actions'
import { ProofField, proofIn } from './proof-field'

const tooMany = 'You have twenty passkeys. Remove one that you do not use first.'
const cancelled = 'No passkey was made. This device may have one for you already.'

type AddPasskeyProps = {
  readonly asked: ProofAsked
  readonly actions: Pick<PasskeyActions, 'begin' | 'add'>
  readonly make: MakePasskey
}

/** Makes a passkey on this device. */
export function AddPasskey({ asked, actions, make }: AddPasskeyProps) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [pending, start] = useTransition()
  const change = (next: boolean) => {
    setProblem(undefined)
    setOpen(next)
  }
  const add = async (name: string, proof: string) => {
    const begun = await actions.begin(proof)
    if (begun.problem !== null) return setProblem(begun.problem)
    setProblem(undefined)
    if (!begun.done) return tell({ ok: false, message: tooMany })
    const answer = await make(begun.done)
    const outcome = answer ? await actions.add(answer, name) : { ok: false, message: cancelled }
    tell(outcome)
    if (outcome.ok) change(false)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '')
    const proof = proofIn(event.currentTarget)
    start(() => add(name, proof))
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>Add a passkey…</Button>
      </DialogTrigger>
      <DialogContent
        heading="Add a passkey"
        description="Your browser asks for the fingerprint, face or PIN of this device. The name tells your passkeys apart."
      >
        <form onSubmit={submit} className="mt-4 grid gap-4">
          <Field
            label="Name"
            name="name"
            autoComplete="off"
            defaultValue="This device"
            maxLength={60}
            required
          />
          <ProofField asked={asked} problem={problem} />
          <Button type="submit" variant="primary" disabled={pending}>
            {pending ? 'One moment…' : 'Make passkey'}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  )
}
