'use client'
import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { styled } from '@/components/ui/styled'

type CommandDialogProps = {
  readonly label: string
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** the selected command */
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly children: ReactNode
}

/** A command palette. */
export function CommandDialog(props: CommandDialogProps) {
  const { label, open, onOpenChange, ...command } = props
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-[oklch(0.15_0.02_266/0.5)]" />
        <Dialog.Content
          data-slot="command"
          aria-describedby={undefined}
          className="fixed top-[16dvh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-lg -translate-x-1/2 animate-fade overflow-hidden rounded-xl border bg-raised shadow-overlay outline-none"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <Cmdk label={label} {...command} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

export function CommandInput(props: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div className="flex items-center gap-2.5 border-b px-4">
      <Search aria-hidden className="size-4 shrink-0 text-muted" />
      <Cmdk.Input
        data-slot="command-input"
        // the dialog already shows the focus
        className="h-12 w-full bg-transparent text-base outline-none max-md:text-lg"
        {...props}
      />
    </div>
  )
}

export const CommandList = styled(
  Cmdk.List,
  'command-list',
  'max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5',
)

export const CommandGroup = styled(
  Cmdk.Group,
  'command-group',
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs',
)

export const CommandItem = styled(
  Cmdk.Item,
  'command-item',
  'flex h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover max-md:h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted',
)
