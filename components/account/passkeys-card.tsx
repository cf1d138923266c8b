'use client'
import { Fingerprint } from 'lucide-react'
import { showResult } from '@/components/kit/outcome'
import { Badge } from '@/components/ui/badge'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { RelativeTime } from '@/components/ui/relative-time'
import type { PasskeyView } from '@/lib/admin/account/passkeys'
import type { ProofAsked } from '@/lib/admin/account/proof-fault'
import type { MakePasskey, PasskeyActions } from './account-actions'
import { ProofDialog } from './proof-dialog'

const tooMany = 'You have twenty passkeys. Remove one that you do not use first.'
const cancelled = 'No passkey was made. This device may have one for you already.'

const nameIn = (form: FormData): string => String(form.get('name') ?? '')

const nameField = (name: string) => (
  <Field label="Name" name="name" autoComplete="off" defaultValue={name} maxLength={60} required />
)

type PasskeysCardProps = {
  readonly passkeys: readonly PasskeyView[]
  readonly asked: ProofAsked
  readonly actions: PasskeyActions
  readonly make: MakePasskey
}

function AddPasskey({ asked, actions, make }: Omit<PasskeysCardProps, 'passkeys'>) {
  const add = async (proof: string, form: FormData) => {
    const begun = await actions.begin(proof)
    if (begun.problem !== null) return begun.problem
    const answer = begun.done && (await make(begun.done))
    if (answer) showResult(await actions.add(answer, nameIn(form)))
    else showResult({ ok: false, message: begun.done ? cancelled : tooMany })
    return null
  }
  return (
    <ProofDialog
      asked={asked}
      trigger="Add a passkey…"
      title="Add a passkey"
      description="Your browser asks for the fingerprint, face or PIN of this device. The name tells your passkeys apart."
      confirm="Make passkey"
      onProof={add}
    >
      {nameField('This device')}
    </ProofDialog>
  )
}

type PasskeyProps = Pick<PasskeysCardProps, 'asked' | 'actions'> & {
  readonly passkey: PasskeyView
}

function PasskeyButtons({ passkey: { id, name }, asked, actions }: PasskeyProps) {
  const rename = async (_: string, form: FormData) => {
    const outcome = await actions.rename(id, nameIn(form))
    if (!outcome.ok) return outcome.message
    showResult(outcome)
    return null
  }
  const remove = async (proof: string) => {
    const removed = await actions.remove(id, proof)
    if (removed.problem === null) showResult(removed.done)
    return removed.problem
  }
  return (
    <div className="flex gap-2">
      <ProofDialog
        asked="sign-in"
        trigger="Rename…"
        label={`Rename ${name}`}
        title="Rename this passkey"
        confirm="Save name"
        onProof={rename}
      >
        {nameField(name)}
      </ProofDialog>
      <ProofDialog
        asked={asked}
        trigger="Remove…"
        label={`Remove ${name}`}
        title={`Remove “${name}”?`}
        description="It no longer signs you in. Your device still offers it until you delete it there. Browsers that are signed in stay signed in."
        confirm="Remove passkey"
        tone="danger"
        onProof={remove}
      />
    </div>
  )
}

function PasskeyItem(props: PasskeyProps) {
  const { name, backedUp, lastUsedAt, createdAt } = props.passkey
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Fingerprint aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-40 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="wrap-anywhere">{name}</span>
          {backedUp ? <Badge title="Your other devices have it, too">Synced</Badge> : null}
        </p>
        <p className="text-muted">
          {lastUsedAt ? (
            <>
              Last used <RelativeTime at={lastUsedAt} />
            </>
          ) : (
            'Never used'
          )}{' '}
          · added <RelativeTime at={createdAt} />
        </p>
      </div>
      <PasskeyButtons {...props} />
    </li>
  )
}

export function PasskeysCard({ passkeys, ...rest }: PasskeysCardProps) {
  return (
    <TitledCard title="Passkeys" titleId="passkeys" beside={<AddPasskey {...rest} />} header="py-2">
      {passkeys.length === 0 ? (
        <CardContent>
          <p className="max-w-prose text-muted text-sm">
            A passkey lets you in with the fingerprint, face or PIN of your device. There is nothing
            to type and nothing to steal, and no code is asked for.
          </p>
        </CardContent>
      ) : (
        <ul className="divide-y border-t">
          {passkeys.map((passkey) => (
            <PasskeyItem key={passkey.id} passkey={passkey} {...rest} />
          ))}
        </ul>
      )}
    </TitledCard>
  )
}
