import { CopyableId } from '@/components/kit/copyable-id'
import { TextLink } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import { Moment } from '@/components/kit/moment'
import { RecordFacts } from '@/components/kit/records/facts'
import { NumberText } from '@/components/ui/locale'
import type { ClientPage } from '@/lib/admin/clients/page'
import { kinds } from './client-cells'

function SameApp({ kin, alike }: Pick<ClientPage, 'kin' | 'alike'>) {
  if (!kin || alike < 2) return 'None: it is the only one'
  return (
    <TextLink href={hrefOf('/admin/clients', { kin })}>
      <NumberText value={alike} /> registrations
    </TextLink>
  )
}

/** The redirect URIs, and which registered ones are now refused. */
function Redirects({ client: { redirectUris, refusedRedirects } }: Pick<ClientPage, 'client'>) {
  if (redirectUris.length === 0) return 'Nowhere'
  return (
    <ul className="grid gap-1.5">
      {redirectUris.map((uri) => {
        const refused = refusedRedirects.find((one) => one.uri === uri)
        return (
          <li key={uri}>
            <span className="font-mono text-xs">{uri}</span>
            {refused ? (
              <span className="block text-bad-ink text-xs">
                Refused: it {refused.problem}. Nobody is sent there.
              </span>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

export function ClientFacts({ page }: { readonly page: ClientPage }) {
  const { client, consents, freshUntil } = page
  const { label, title } = kinds[client.kind]
  return (
    <RecordFacts
      facts={[
        { label: 'Client id', value: <CopyableId id={client.id} what="client id" /> },
        { label: 'Identified by', value: <span title={title}>{label}</span> },
        {
          label: 'Identity',
          value: client.verifiedDomain
            ? `Verified: published by ${client.verifiedDomain}`
            : client.kind === 'registered'
              ? 'Vouched for by an admin'
              : 'As the client says',
        },
        {
          label: 'Authenticates by',
          value: <span className="font-mono text-xs">{client.authMethod}</span>,
        },
        { label: 'Returns to', value: <Redirects client={client} /> },
        { label: 'First seen', value: <Moment at={client.createdAt} /> },
        { label: 'Last used', value: <Moment at={client.lastUsedAt} /> },
        { label: 'Connections', value: <NumberText value={client.activeConnections} /> },
        { label: 'Remembered consents', value: <NumberText value={consents} /> },
        { label: 'Same app', value: <SameApp {...page} /> },
        ...(freshUntil ? [{ label: 'Read again', value: <Moment at={freshUntil} /> }] : []),
      ]}
    />
  )
}
