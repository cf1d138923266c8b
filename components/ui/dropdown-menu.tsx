'use client'
import { DropdownMenu as RadixMenu } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'
import { styled } from '@/components/ui/styled'

export const DropdownMenuTrigger = RadixMenu.Trigger

/** A non-modal menu. */
export function DropdownMenu(props: ComponentProps<typeof RadixMenu.Root>) {
  return <RadixMenu.Root modal={false} {...props} />
}

type ContentProps = ComponentProps<typeof RadixMenu.Content> & {
  /** id of the element to portal into, where an ancestor of the trigger would clip the menu */
  readonly within?: string
}

/** The menu's content: next to its trigger in the document, or at the end of `within`. */
export function DropdownMenuContent({ className, within, ...props }: ContentProps) {
  const list = (
    <RadixMenu.Content
      data-slot="dropdown-menu"
      sideOffset={6}
      collisionPadding={8}
      className={cn(
        'z-50 min-w-48 animate-enter rounded-lg border bg-raised p-1 shadow-overlay',
        className,
      )}
      {...props}
    />
  )
  // A menu is never open during server rendering, where there is no document.
  if (!within || typeof document === 'undefined') return list
  return <RadixMenu.Portal container={document.getElementById(within)}>{list}</RadixMenu.Portal>
}

type ItemProps = ComponentProps<typeof RadixMenu.Item> & {
  readonly tone?: 'neutral' | 'bad'
}

export function DropdownMenuItem({ className, tone = 'neutral', ...props }: ItemProps) {
  return (
    <RadixMenu.Item
      data-slot="dropdown-menu-item"
      className={cn(
        'flex h-8 select-none items-center gap-2 rounded-md px-2 text-sm outline-none max-md:h-11',
        'cursor-pointer data-disabled:cursor-not-allowed data-disabled:opacity-50',
        'data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted',
        tone === 'bad' && 'text-bad-ink data-highlighted:bg-bad-soft [&_svg]:text-bad-ink',
        className,
      )}
      {...props}
    />
  )
}

export const DropdownMenuSeparator = styled(
  RadixMenu.Separator,
  'dropdown-menu-separator',
  '-mx-1 my-1 h-px bg-line',
)

/** A label that cannot be chosen. */
export const DropdownMenuLabel = styled(
  RadixMenu.Label,
  'dropdown-menu-label',
  'px-2 py-1.5 text-muted text-xs',
)
