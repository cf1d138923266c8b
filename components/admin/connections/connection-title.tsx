'use client'
import { useExpected } from '@/components/kit/expected'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type ConnectionTitleProps = {
  readonly connection: Pick<ConnectionRow, 'id' | 'label' | 'clientName'>
}

/** The connection's display name. */
export function ConnectionTitle({ connection }: ConnectionTitleProps) {
  const { label, clientName } = useExpected(connection)
  return <span className="wrap-anywhere min-w-0">{label ?? clientName}</span>
}
