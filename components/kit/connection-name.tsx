'use client'
import { Identity } from '@/components/kit/identity'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { useExpected } from './expected'

type ConnectionNameProps = {
  readonly connection: Pick<
    ConnectionRow,
    'id' | 'label' | 'clientName' | 'redirectHost' | 'verifiedDomain'
  >
  /** of the page of this connection */
  readonly href: string
}

/** What a connection is called here, and below it which client it is and where it returns to. */
export function ConnectionName({ connection, href }: ConnectionNameProps) {
  const { label, clientName, redirectHost, verifiedDomain } = useExpected(connection)
  // a client that gets tokens for itself is redirected nowhere
  const place = redirectHost || 'acts for itself'
  return (
    <Identity
      name={label ?? clientName}
      href={href}
      under={label ? `${clientName} · ${place}` : place}
      verifiedDomain={verifiedDomain}
    />
  )
}
