'use client'
import { ConfirmButton } from '@/components/kit/confirm-dialog'
import { LinkButton } from '@/components/kit/links'
import { Badge } from '@/components/ui/badge'
import { CardContent, TitledCard } from '@/components/ui/card'
import type { OperatorView } from '@/lib/admin/people/people'
import type { OperatorActions } from './operator-actions'

const words = ({ hasCodes, isSelf }: OperatorView): string => {
  if (isSelf) {
    return hasCodes
      ? 'You are asked for a code from your authenticator app. Under Account you can make new recovery codes, or switch it off.'
      : 'You sign in without a code from an authenticator app. You can set that up under Account.'
  }
  return hasCodes
    ? 'They are asked for a code from their authenticator app. If they have lost it, and their recovery codes, they cannot come in until you switch this off.'
    : 'They sign in without a code from an authenticator app. They can set that up under Account.'
}

type CodesCardProps = {
  readonly person: OperatorView
  readonly switchOff: OperatorActions['switchOffCodes']
}

function SwitchOff({ person, switchOff }: CodesCardProps) {
  return (
    <ConfirmButton
      button={{ variant: 'danger', children: 'Turn off one-time codes…' }}
      title={`Turn off one-time codes for ${person.email}?`}
      keep="Keep them"
      confirm="Turn off"
      busy="Switching off…"
      onConfirm={() => switchOff(person.id)}
    >
      <p>From then on they sign in without a code, and their recovery codes are gone.</p>
      <p>Make sure that the request comes from them. They can set codes up again under Account.</p>
    </ConfirmButton>
  )
}

/** Whether a user has one-time codes, and a way to turn them off. */
export function CodesCard({ person, switchOff }: CodesCardProps) {
  return (
    <TitledCard
      title="One-time codes"
      beside={
        <Badge tone={person.hasCodes ? 'ok' : 'neutral'}>{person.hasCodes ? 'On' : 'Off'}</Badge>
      }
    >
      <CardContent className="grid gap-4">
        <p className="text-pretty text-muted text-sm">{words(person)}</p>
        {person.isSelf || person.hasCodes ? (
          <div className="grid md:justify-end">
            {person.isSelf ? (
              <LinkButton href="/account">Open Account</LinkButton>
            ) : (
              <SwitchOff person={person} switchOff={switchOff} />
            )}
          </div>
        ) : null}
      </CardContent>
    </TitledCard>
  )
}
