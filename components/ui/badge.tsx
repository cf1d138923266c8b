import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'
import { StatusDot } from '@/components/ui/status-dot'

const badgeVariants = cva(
  [
    'inline-flex w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5',
    'h-5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0',
  ],
  {
    variants: {
      tone: {
        neutral: 'bg-sunken text-muted',
        outline: 'border bg-surface text-muted',
        accent: 'bg-accent-soft text-accent-ink',
        ok: 'bg-ok-soft text-ok-ink',
        warn: 'bg-warn-soft text-warn-ink',
        bad: 'bg-bad-soft text-bad-ink',
      },
      mono: { true: 'font-mono font-normal text-2xs' },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

type BadgeProps = ComponentProps<'span'> &
  VariantProps<typeof badgeVariants> & {
    /** with a green dot: what it names is in order or in use */
    readonly dot?: boolean
  }

/** A short label: state, kind or scope. */
export function Badge({ className, tone, mono, dot, children, ...props }: BadgeProps) {
  return (
    <span data-slot="badge" className={cn(badgeVariants({ tone, mono }), className)} {...props}>
      {dot ? <StatusDot tone="ok" className="size-1.5" /> : null}
      {children}
    </span>
  )
}
