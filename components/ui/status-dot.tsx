import { cva, type VariantProps } from 'class-variance-authority'
import { cn } from '@/components/ui/cn'

const dotVariants = cva('relative inline-block size-2 shrink-0 rounded-full', {
  variants: {
    tone: {
      ok: 'bg-ok',
      warn: 'bg-warn',
      bad: 'bg-bad',
      accent: 'bg-accent-ink',
      neutral: 'bg-line-strong',
    },
  },
  defaultVariants: { tone: 'neutral' },
})

type StatusDotProps = VariantProps<typeof dotVariants> & {
  /** in progress */
  readonly pulse?: boolean
  readonly className?: string
}

/** A coloured dot. Put a word beside it: colour alone is not accessible. */
export function StatusDot({ tone, pulse, className }: StatusDotProps) {
  return (
    <span data-slot="status-dot" aria-hidden className={cn(dotVariants({ tone }), className)}>
      {pulse ? (
        <span
          className={cn(
            dotVariants({ tone }),
            'absolute inset-0 animate-halo motion-reduce:hidden',
          )}
        />
      ) : null}
    </span>
  )
}
