'use client'
import type { ConnectionRow } from '@/lib/admin/connection-rows'
import { useExpected } from './expected'

type ConnectionTitleProps = {
  readonly connection: Pick<ConnectionRow, 'id' | 'label' | 'clientName'>
}

/** What a connection is called here. */
export function ConnectionTitle({ connection }: ConnectionTitleProps) {
  const { label, clientName } = useExpected(connection)
  return <span className="wrap-anywhere min-w-0">{label ?? clientName}</span>
}
