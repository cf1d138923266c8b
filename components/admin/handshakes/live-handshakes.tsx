'use client'
import { type ReactNode, useMemo, useState } from 'react'
import { DataTable } from '@/components/kit/list/data-table'
import type { StreamMessage } from '@/components/kit/live/follow-stream'
import { type Stream, useEventStream } from '@/components/kit/live/use-event-stream'
import { LiveIndicator } from '@/components/kit/live-indicator'
import { PageHeader } from '@/components/kit/page-header'
import { useRowKeys } from '@/components/kit/use-row-keys'
import { TableCard } from '@/components/ui/card'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { handshakeColumns } from './columns'
import { mergeRows } from './merge-rows'

type LiveHandshakesProps = {
  /** changes with each server response */
  readonly revision: string
  readonly rows: readonly HandshakeRow[]
  /** no further page */
  readonly isWhole: boolean
  /** ISO 8601: the server's clock */
  readonly now: string
  /** `null` on a page of older attempts, which is static */
  readonly stream: Stream | null
  readonly toolbar: ReactNode
  readonly empty: ReactNode
  readonly pager: ReactNode
}

type Shown = { readonly rows: readonly HandshakeRow[]; readonly fresh: ReadonlySet<string> }

const nothingFresh: ReadonlySet<string> = new Set()

/** A stream starts with rows that the page already has: only differences are new. */
function withMessages(
  { rows }: Shown,
  messages: readonly StreamMessage[],
  isWhole: boolean,
): Shown {
  const before = new Map(rows.map((row) => [row.id, JSON.stringify(row)]))
  const merged = mergeRows(rows, messages, isWhole)
  const changed = merged.filter((row) => before.get(row.id) !== JSON.stringify(row))
  return { rows: merged, fresh: new Set(changed.map(({ id }) => id)) }
}

/** The current rows, and which of them just arrived or changed. */
function useRows({ revision, rows, isWhole }: LiveHandshakesProps) {
  const [shown, setShown] = useState<Shown>({ rows, fresh: nothingFresh })
  const [read, setRead] = useState(revision)
  if (read !== revision) {
    setRead(revision)
    setShown({ rows, fresh: nothingFresh })
  }
  const arrive = (messages: readonly StreamMessage[]) =>
    setShown((present) => withMessages(present, messages, isWhole))
  return { ...shown, arrive }
}

const rowClass = (fresh: ReadonlySet<string>) => (row: HandshakeRow) =>
  [
    'md:[&>td:first-child]:border-l-2 max-md:border-l-2',
    row.unused && row.verdict.kind !== 'in-progress'
      ? 'bg-warn-soft/50 max-md:border-l-warn md:[&>td:first-child]:border-l-warn'
      : 'max-md:border-l-transparent md:[&>td:first-child]:border-l-transparent',
    fresh.has(row.id) ? 'animate-arrive' : '',
  ].join(' ')

/** Attempts to connect, newest first, live. */
export function LiveHandshakes(props: LiveHandshakesProps) {
  const { now, stream, toolbar, empty, pager } = props
  const { rows, fresh, arrive } = useRows(props)
  const state = useEventStream(stream, 'handshake gone', arrive)
  const columns = useMemo(() => handshakeColumns(now), [now])
  useRowKeys('[data-row]')
  return (
    <>
      <PageHeader
        title={<>Handshakes {stream ? <LiveIndicator state={state} paused={false} /> : null}</>}
        description="Every attempt to connect, from its first request to its tools. Open one to see each step, and why it ended where it did."
      />
      {toolbar}
      <TableCard>
        {rows.length === 0 ? (
          empty
        ) : (
          <DataTable
            caption="The handshakes"
            rows={rows}
            columns={columns}
            keyOf={(row) => row.id}
            rowClass={rowClass(fresh)}
          />
        )}
      </TableCard>
      {pager}
    </>
  )
}
