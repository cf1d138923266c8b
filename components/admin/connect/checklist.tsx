import { Check, Ellipsis, Minus, X } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { RelativeTime } from '@/components/ui/relative-time'
import type { CheckLine, CheckState } from './checklist-steps'

const marks: Record<CheckState, { icon: typeof Check; looks: string; word: string }> = {
  done: { icon: Check, looks: 'bg-ok-soft text-ok-ink', word: 'done' },
  waiting: { icon: Ellipsis, looks: 'bg-accent-soft text-accent-ink', word: 'waiting' },
  missing: { icon: Minus, looks: 'bg-warn-soft text-warn-ink', word: 'missing' },
  failed: { icon: X, looks: 'bg-bad-soft text-bad-ink', word: 'refused' },
  pending: { icon: Minus, looks: 'border text-transparent', word: 'not yet' },
}

function Line({ line }: { line: CheckLine }) {
  const { icon: Icon, looks, word } = marks[line.state]
  const isDone = line.state === 'done'
  return (
    <li className="flex gap-3 py-2" data-state={line.state}>
      <span className={cn('grid size-6 shrink-0 place-items-center rounded-full', looks)}>
        <Icon
          aria-hidden
          className={cn('size-3.5', line.state === 'waiting' && 'motion-safe:animate-pulse')}
        />
      </span>
      <span className="min-w-0 flex-1 pt-0.5 text-sm">
        <span className={cn('font-medium', line.state === 'pending' && 'text-muted')}>
          {line.label}
        </span>
        <span className="sr-only">: {line.skipped ? 'not needed' : word}</span>
        {line.skipped ? <span className="text-muted"> (not needed this time)</span> : null}
        {isDone ? null : <span className="block text-pretty text-muted text-xs">{line.hint}</span>}
      </span>
      {line.at && !line.skipped ? (
        <RelativeTime at={line.at} className="shrink-0 pt-0.5 text-muted text-xs" />
      ) : null}
    </li>
  )
}

/** A client's steps from its first request to the tool list, ticked as they happen. */
export function Checklist({ lines }: { lines: readonly CheckLine[] }) {
  return (
    <ol aria-label="Steps of the connection" className="px-4 py-2">
      {lines.map((line) => (
        <Line key={line.label} line={line} />
      ))}
    </ol>
  )
}
