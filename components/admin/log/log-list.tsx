'use client'
import { ClockZone } from '@/components/kit/clock-time'
import type { EventRow } from '@/lib/admin/views'
import { Gap } from './gap'
import { LogRow } from './log-row'
import { rowGrid } from './row-grid'
import { useVirtualRows } from './use-virtual-rows'

type LogListProps = {
  readonly rows: readonly EventRow[]
  readonly path: string
  readonly openId: string | null
  readonly fresh: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

/** The column names, for the wide layout. */
function Head() {
  return (
    <div
      aria-hidden
      className={`${rowGrid} sticky top-0 z-10 h-8 rounded-t-xl border-b bg-surface font-medium text-muted text-xs max-xl:hidden`}
    >
      <span className="[grid-area:time]">
        Time <ClockZone />
      </span>
      <span className="[grid-area:event]">Event</span>
      <span className="[grid-area:path]">Request</span>
      <span className="[grid-area:who]">From</span>
      <span className="text-right [grid-area:took]">Took</span>
    </div>
  )
}

/** The events, newest first; a long list renders only the rows near the viewport. */
export function LogList(props: LogListProps) {
  const { rows, path, openId, fresh, onToggle } = props
  const { listRef, measure, items, after, onFocus, onBlur } = useVirtualRows(rows, openId)
  return (
    <>
      <Head />
      <ol
        ref={listRef}
        aria-label="Events, newest first"
        onFocus={onFocus}
        onBlur={onBlur}
        style={{ paddingBottom: after }}
      >
        {items.map(({ row, index, before }) => {
          const older = rows[index + 1]
          return (
            <li
              key={row.id}
              ref={measure}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={before > 0 ? { marginTop: before } : undefined}
              className="last:[&>:last-child]:border-b-0"
            >
              <LogRow
                row={row}
                path={path}
                open={openId === row.id}
                fresh={fresh.has(row.id)}
                onToggle={onToggle}
              />
              {older ? <Gap newer={row.at} older={older.at} /> : null}
            </li>
          )
        })}
      </ol>
    </>
  )
}
