import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { RememberedAnswer } from '@/lib/admin/account/remembered'

type Forget = (form: FormData) => Promise<void>

function Answer({
  answer,
  forget,
}: {
  readonly answer: RememberedAnswer
  readonly forget: Forget
}) {
  const { id, clientName, verifiedDomain, allows, createdAt, endsAt, isPaused } = answer
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="wrap-anywhere font-medium">{clientName}</span>
          {isPaused ? <Badge tone="warn">Asks while paused</Badge> : null}
        </p>
        <p className="wrap-anywhere text-muted">
          {verifiedDomain ? `Published by ${verifiedDomain} · allowed` : 'Allowed'}{' '}
          <RelativeTime at={createdAt} />, until <RelativeTime at={endsAt} />
        </p>
        <p className="text-muted">{allows.join(' · ')}</p>
      </div>
      <form action={forget}>
        <input type="hidden" name="id" value={id} />
        <Button type="submit" aria-label={`Forget the answer to ${clientName}`}>
          Forget
        </Button>
      </form>
    </li>
  )
}

type RememberedProps = {
  readonly answers: readonly RememberedAnswer[]
  readonly forget: Forget
}

/** The remembered consents; nothing if there are none. */
export function Remembered({ answers, forget }: RememberedProps) {
  if (answers.length === 0) return null
  return (
    <Card aria-labelledby="remembered">
      <CardHeader className="h-auto flex-col items-start gap-1 py-3">
        <CardTitle id="remembered">Connect without asking</CardTitle>
        <p className="text-pretty text-muted text-sm">
          You chose to remember your answer to these apps. Forget it, and the app has to ask you
          again; connections that exist go on. Revoking a connection forgets it, too.
        </p>
      </CardHeader>
      <ul className="divide-y border-t">
        {answers.map((answer) => (
          <Answer key={answer.id} answer={answer} forget={forget} />
        ))}
      </ul>
    </Card>
  )
}
