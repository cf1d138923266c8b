import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type EmptyStateProps = {
  readonly icon: LucideIcon
  readonly title: string
  /** what to do next, in a sentence */
  readonly children: ReactNode
  /** a button or link for it */
  readonly action?: ReactNode
  readonly className?: string
}

/** Shown instead of rows: why there are none, and what to do. */
export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn('grid justify-items-center gap-1.5 px-6 py-14 text-center', className)}
    >
      <span className="mb-2 grid size-10 place-items-center rounded-lg border bg-sunken text-muted">
        <Icon aria-hidden className="size-5" />
      </span>
      <p className="font-medium text-base">{title}</p>
      <div className="max-w-md text-pretty text-muted text-sm">{children}</div>
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  )
}
