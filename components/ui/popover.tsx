'use client'
import { Popover as RadixPopover } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** A small panel opened by a button. */
export const Popover = RadixPopover.Root

export function PopoverTrigger(props: ComponentProps<typeof RadixPopover.Trigger>) {
  return <RadixPopover.Trigger data-slot="popover-trigger" {...props} />
}

/** The panel; name it with `aria-label`. */
export function PopoverContent({
  className,
  ...props
}: ComponentProps<typeof RadixPopover.Content>) {
  return (
    <RadixPopover.Portal>
      <RadixPopover.Content
        data-slot="popover-content"
        sideOffset={6}
        collisionPadding={12}
        className={cn(
          'z-50 w-72 max-w-[calc(100vw-1.5rem)] animate-enter rounded-lg border bg-raised p-3',
          'text-sm shadow-overlay outline-none',
          className,
        )}
        {...props}
      />
    </RadixPopover.Portal>
  )
}
