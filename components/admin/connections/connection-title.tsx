'use client'
import { useExpected } from '@/components/kit/expected'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type ConnectionTitleProps = {
  readonly connection: Pick<ConnectionRow, 'id' | 'label' | 'clientName'>
}

/** What a connection is called here. */
export function ConnectionTitle({ connection }: ConnectionTitleProps) {
  const { label, clientName } = useExpected(connection)
  return <span className="wrap-anywhere min-w-0">{label ?? clientName}</span>
}
