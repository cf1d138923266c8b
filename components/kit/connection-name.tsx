'use client'
import { Identity } from '@/components/kit/identity'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { useExpected } from './expected'

type ConnectionNameProps = {
  readonly connection: ConnectionRow
  /** the connection's page */
  readonly href: string
}

/** The connection's display name, and below it its client and redirect host. */
export function ConnectionName({ connection, href }: ConnectionNameProps) {
  const { label, clientName, redirectHost, verifiedDomain } = useExpected(connection)
  // a machine-to-machine client has no redirect URI
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

/** The connection's display name, as the title of its page. */
export function ConnectionTitle({ connection }: Pick<ConnectionNameProps, 'connection'>) {
  const { label, clientName } = useExpected(connection)
  return <span className="wrap-anywhere min-w-0">{label ?? clientName}</span>
}
