'use client'
import { RadioGroup as RadixRadio } from 'radix-ui'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from '@/components/ui/cn'

/** A radio group; name it with `aria-label` or `aria-labelledby`. */
export function RadioGroup({ className, ...props }: ComponentProps<typeof RadixRadio.Root>) {
  return (
    <RadixRadio.Root data-slot="radio-group" className={cn('grid gap-2', className)} {...props} />
  )
}

type RadioProps = Omit<ComponentProps<typeof RadixRadio.Item>, 'children'> & {
  readonly label: ReactNode
}

/** One option, with its label. */
export function Radio({ label, className, ...props }: RadioProps) {
  const id = useId()
  return (
    <span data-slot="radio" className="flex min-h-6 items-center gap-2.5">
      <RadixRadio.Item
        id={id}
        className={cn(
          'grid size-5 shrink-0 place-items-center rounded-full border border-line-strong bg-surface',
          'disabled:opacity-60 data-[state=checked]:border-accent-ink',
          className,
        )}
        {...props}
      >
        <RadixRadio.Indicator className="size-2.5 rounded-full bg-accent-ink" />
      </RadixRadio.Item>
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
    </span>
  )
}
