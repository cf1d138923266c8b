'use client'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { notify } from '@/components/kit/outcome'
import { Badge } from '@/components/ui/badge'
import { Button, buttonVariants } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
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
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={trigger} variant="danger" onClick={() => setAsking(true)}>
        Switch off one-time codes…
      </Button>
      <ConfirmDialog
        title={`Switch off one-time codes for ${person.email}?`}
        keep="Keep them"
        confirm="Switch off"
        busy="Switching off…"
        open={asking}
        onOpenChange={setAsking}
        onClosed={() => trigger.current?.focus()}
        onConfirm={async () => notify(await switchOff(person.id))}
      >
        <p>From then on they sign in without a code, and their recovery codes are gone.</p>
        <p>
          Make sure that the request comes from them. They can set codes up again under Account.
        </p>
      </ConfirmDialog>
    </>
  )
}

/** Whether a user has one-time codes, and a way to turn them off. */
export function CodesCard({ person, switchOff }: CodesCardProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>One-time codes</CardTitle>
        <Badge tone={person.hasCodes ? 'ok' : 'neutral'}>{person.hasCodes ? 'On' : 'Off'}</Badge>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="text-pretty text-muted text-sm">{words(person)}</p>
        {person.isSelf || person.hasCodes ? (
          <div className="grid md:justify-end">
            {person.isSelf ? (
              <Link href="/account" className={buttonVariants()}>
                Open Account
              </Link>
            ) : (
              <SwitchOff person={person} switchOff={switchOff} />
            )}
          </div>
        ) : null}
      </CardContent>
    </Card>
  )
}
