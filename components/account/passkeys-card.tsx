import { Fingerprint } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { PasskeyView } from '@/lib/admin/account/passkeys'
import type { ProofAsked } from '@/lib/admin/account/views'
import type { MakePasskey, PasskeyActions } from './account-actions'
import { AddPasskey } from './add-passkey'
import { NameDialog } from './name-dialog'
import { RemovePasskey } from './remove-passkey'

type PasskeyItemProps = {
  readonly passkey: PasskeyView
  readonly asked: ProofAsked
  readonly actions: PasskeyActions
}

function PasskeyItem({ passkey, asked, actions }: PasskeyItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Fingerprint aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-40 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="wrap-anywhere">{passkey.name}</span>
          {passkey.synced ? <Badge title="Your other devices have it, too">Synced</Badge> : null}
        </p>
        <p className="text-muted">
          {passkey.lastUsedAt ? (
            <>
              Last used <RelativeTime at={passkey.lastUsedAt} />
            </>
          ) : (
            'Never used'
          )}{' '}
          · added <RelativeTime at={passkey.createdAt} />
        </p>
      </div>
      <div className="flex gap-2">
        <NameDialog
          trigger="Rename…"
          label={`Rename ${passkey.name}`}
          title="Rename this passkey"
          name={passkey.name}
          confirm="Save name"
          onName={(name) => actions.rename(passkey.id, name)}
        />
        <RemovePasskey passkey={passkey} asked={asked} remove={actions.remove} />
      </div>
    </li>
  )
}

type PasskeysCardProps = {
  readonly passkeys: readonly PasskeyView[]
  readonly asked: ProofAsked
  readonly actions: PasskeyActions
  readonly make: MakePasskey
}

export function PasskeysCard({ passkeys, asked, actions, make }: PasskeysCardProps) {
  return (
    <Card aria-labelledby="passkeys">
      <CardHeader className="py-2">
        <CardTitle id="passkeys">Passkeys</CardTitle>
        <AddPasskey asked={asked} actions={actions} make={make} />
      </CardHeader>
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
            <PasskeyItem key={passkey.id} passkey={passkey} asked={asked} actions={actions} />
          ))}
        </ul>
      )}
    </Card>
  )
}
