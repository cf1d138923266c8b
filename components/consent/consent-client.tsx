import { BadgeCheck, CircleHelp, type LucideIcon, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import { ClientName } from './client-name'
import type { OpenConsent } from './open-consent'

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null)

type LineProps = {
  readonly icon: LucideIcon
  readonly isOk?: boolean
  readonly children: ReactNode
}

function Line({ icon: Icon, isOk, children }: LineProps) {
  return (
    <p className="flex gap-2 text-pretty text-muted text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      <Icon aria-hidden className={isOk ? 'text-ok-ink' : undefined} />
      <span>{children}</span>
    </p>
  )
}

/** How far the client's name can be trusted, in a sentence. */
function Identity({ view: { client, rememberable } }: { view: OpenConsent }) {
  const name = <ClientName>{client.name}</ClientName>
  if (client.kind === 'metadata_document' && rememberable) {
    return (
      <Line icon={BadgeCheck} isOk>
        <strong className="font-medium text-ok-ink">Verified domain.</strong> {name} is described by{' '}
        {hostOf(client.id)}, which also takes the answer.
      </Line>
    )
  }
  if (client.kind === 'metadata_document') {
    return (
      <Line icon={CircleHelp}>
        {hostOf(client.id) ?? client.id} describes an app named {name}, and cannot vouch for who
        takes the answer at the address above.
      </Line>
    )
  }
  if (client.kind === 'registered') {
    return (
      <Line icon={ShieldCheck} isOk>
        {name} was added by an administrator of this server.
      </Line>
    )
  }
  return (
    <Line icon={CircleHelp}>
      {name} is the name this app gave itself. Go by the address above, not by the name.
    </Line>
  )
}

/** The redirect host, first and large, and the client. */
export function ConsentClientCard({ view }: { view: OpenConsent }) {
  return (
    <div className="grid gap-3 border-b pb-6">
      <p>
        <span className="block text-muted text-sm">Your answer goes to</span>
        <strong className="wrap-anywhere mt-0.5 block font-semibold text-3xl tracking-tight">
          {view.redirectHost}
        </strong>
      </p>
      <Identity view={view} />
      {view.loopback ? (
        <Callout tone="warn">
          The answer goes to a program on your own computer, and any program there can wait at this
          address. Allow this only if you have just started connecting, on this computer.
        </Callout>
      ) : null}
      {view.viaScheme ? (
        <Callout tone="warn">
          The answer goes to an app on your device, and any app there can claim its address. Allow
          this only if you have just started connecting from that app.
        </Callout>
      ) : null}
    </div>
  )
}
