'use client'
import { ToggleGroup } from 'radix-ui'
import { cn } from '@/components/ui/cn'

type SegmentedControlProps = {
  /** the selected value */
  readonly label: string
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly className?: string
}

/** A choice of a few short options, all visible; one is always selected. */
export function SegmentedControl(props: SegmentedControlProps) {
  const { label, value, onValueChange, choices, className } = props
  return (
    <ToggleGroup.Root
      data-slot="segmented-control"
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onValueChange(next)}
      className={cn('inline-flex flex-wrap gap-0.5 rounded-md border bg-sunken p-0.5', className)}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className={cn(
            'min-h-6.5 rounded-sm px-2.5 text-muted text-sm hover:text-ink max-md:min-h-10',
            'data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-ink',
            'data-[state=on]:shadow-panel',
          )}
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
