import { cva, type VariantProps } from 'class-variance-authority'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

const calloutVariants = cva('flex gap-2.5 rounded-lg border px-3 py-2.5 text-sm', {
  variants: {
    tone: {
      neutral: 'bg-sunken text-ink',
      ok: 'border-transparent bg-ok-soft text-ok-ink',
      warn: 'border-warn-line bg-warn-soft text-warn-ink',
      bad: 'border-bad-line bg-bad-soft text-bad-ink',
    },
  },
  defaultVariants: { tone: 'neutral' },
})

const icons = { neutral: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert }

type CalloutProps = ComponentProps<'div'> & VariantProps<typeof calloutVariants>

/** An important note of a few sentences. */
export function Callout({ tone, className, children, ...props }: CalloutProps) {
  const Icon = icons[tone ?? 'neutral']
  return (
    <div data-slot="callout" className={cn(calloutVariants({ tone }), className)} {...props}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 text-pretty">{children}</div>
    </div>
  )
}
