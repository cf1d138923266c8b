import { ArrowRight } from 'lucide-react'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AuditRow } from '@/lib/admin/audit/audit'
import { changesOf, type FieldWords } from './changes'

const isMoment = (value: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)

function Value({ children }: { children: string }) {
  if (isMoment(children)) return <RelativeTime at={children} className="text-ink" />
  return <span className="wrap-anywhere font-mono text-ink">{children}</span>
}

/** Old and new values, one line each. */
export function ChangeList({ row, settings }: { row: AuditRow; settings: FieldWords }) {
  const changes = changesOf(row, settings)
  if (changes.length === 0) return null
  return (
    <ul className="mt-1 grid gap-0.5 text-muted text-xs">
      {changes.map(({ field, before, after }) => (
        <li key={field} className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
          <span>{field}</span>
          {before === null ? null : <Value>{before}</Value>}
          {before === null ? null : after === null ? null : (
            <>
              <ArrowRight aria-hidden className="size-3 self-center" />
              <span className="sr-only">became</span>
            </>
          )}
          {after === null ? null : <Value>{after}</Value>}
        </li>
      ))}
    </ul>
  )
}
