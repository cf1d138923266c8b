'use client'
import { Fragment } from 'react'
import type { EventRow } from '@/lib/admin/views'
import { ClockZone } from './clock-time'
import { Gap } from './gap'
import { LogRow } from './log-row'
import { rowGrid } from './row-grid'

type LogListProps = {
  readonly rows: readonly EventRow[]
  readonly path: string
  readonly sections: Readonly<Record<string, string>>
  readonly openId: string | null
  readonly fresh: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

/** The names of the columns, for those who see them as columns. */
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

/** The events, newest first. */
export function LogList(props: LogListProps) {
  const { rows, path, sections, openId, fresh, onToggle } = props
  return (
    <>
      <Head />
      <ol aria-label="Events, newest first">
        {rows.map((row, index) => {
          const older = rows[index + 1]
          return (
            <Fragment key={row.id}>
              <LogRow
                row={row}
                path={path}
                section={sections[row.name]}
                open={openId === row.id}
                fresh={fresh.has(row.id)}
                onToggle={onToggle}
              />
              {older ? <Gap newer={row.at} older={older.at} /> : null}
            </Fragment>
          )
        })}
      </ol>
    </>
  )
}
