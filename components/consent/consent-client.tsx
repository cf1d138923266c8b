import { BadgeCheck, CircleHelp, ShieldCheck } from 'lucide-react'
import { Callout } from '@/components/ui/callout'
import { ClientName } from './client-name'
import type { OpenConsent } from './open-consent'

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null)

/** How far the client's name can be trusted, in a sentence. */
function Identity({ view }: { view: OpenConsent }) {
  const { client } = view
  const line =
    'flex gap-2 text-pretty text-muted text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0'
  if (client.kind === 'metadata_document' && view.rememberable) {
    return (
      <p className={line}>
        <BadgeCheck aria-hidden className="text-ok-ink" />
        <span>
          <strong className="font-medium text-ok-ink">Verified domain.</strong>{' '}
          <ClientName>{client.name}</ClientName> is described by {hostOf(client.id)}, which also
          takes the answer.
        </span>
      </p>
    )
  }
  if (client.kind === 'metadata_document') {
    return (
      <p className={line}>
        <CircleHelp aria-hidden />
        <span>
          {hostOf(client.id) ?? client.id} describes an app named{' '}
          <ClientName>{client.name}</ClientName>, and cannot vouch for who takes the answer at the
          address above.
        </span>
      </p>
    )
  }
  if (client.kind === 'registered') {
    return (
      <p className={line}>
        <ShieldCheck aria-hidden className="text-ok-ink" />
        <span>
          <ClientName>{client.name}</ClientName> was added by an administrator of this server.
        </span>
      </p>
    )
  }
  return (
    <p className={line}>
      <CircleHelp aria-hidden />
      <span>
        <ClientName>{client.name}</ClientName> is the name this app gave itself. Go by the address
        above, not by the name.
      </span>
    </p>
  )
}

function LoopbackWarning() {
  return (
    <Callout tone="warn">
      The answer goes to a program on your own computer, and any program there can wait at this
      address. Allow this only if you have just started connecting, on this computer.
    </Callout>
  )
}

function SchemeWarning() {
  return (
    <Callout tone="warn">
      The answer goes to an app on your device, and any app there can claim its address. Allow this
      only if you have just started connecting from that app.
    </Callout>
  )
}

/** The redirect host, first and large, and the client. */
export function ConsentClient({ view }: { view: OpenConsent }) {
  return (
    <div className="grid gap-3 border-b pb-6">
      <p>
        <span className="block text-muted text-sm">Your answer goes to</span>
        <strong className="wrap-anywhere mt-0.5 block font-semibold text-3xl tracking-tight">
          {view.redirectHost}
        </strong>
      </p>
      <Identity view={view} />
      {view.loopback ? <LoopbackWarning /> : null}
      {view.viaScheme ? <SchemeWarning /> : null}
    </div>
  )
}
