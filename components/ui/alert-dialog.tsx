'use client'
import { AlertDialog as RadixAlertDialog } from 'radix-ui'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

export const AlertDialog = RadixAlertDialog.Root

type ContentProps = ComponentProps<typeof RadixAlertDialog.Content>

/** A question that must be answered first. */
export function AlertDialogContent({ className, ...props }: ContentProps) {
  return (
    <RadixAlertDialog.Portal>
      <RadixAlertDialog.Overlay className="fixed inset-0 z-50 animate-fade bg-[oklch(0.15_0.02_266/0.5)]" />
      <RadixAlertDialog.Content
        data-slot="alert-dialog"
        className={cn(
          'fixed top-1/2 left-1/2 z-50 grid w-[calc(100%-2rem)] max-w-md gap-4',
          '-translate-x-1/2 -translate-y-1/2 animate-fade rounded-xl border bg-raised p-5',
          'shadow-overlay',
          className,
        )}
        {...props}
      />
    </RadixAlertDialog.Portal>
  )
}

export function AlertDialogTitle(props: ComponentProps<typeof RadixAlertDialog.Title>) {
  return <RadixAlertDialog.Title className="font-semibold text-lg" {...props} />
}

/** What happens, and whom it affects. */
export function AlertDialogDescription(props: ComponentProps<typeof RadixAlertDialog.Description>) {
  return (
    <RadixAlertDialog.Description
      className="grid gap-2 text-pretty text-muted text-sm"
      {...props}
    />
  )
}

/** The buttons; the harmless one is first in focus order. */
export function AlertDialogFooter(props: ComponentProps<'div'>) {
  return <div className="flex justify-end gap-2 max-md:flex-col-reverse" {...props} />
}

/** The button that changes nothing. */
export function AlertDialogCancel({ children, ...props }: ComponentProps<typeof Button>) {
  return (
    <RadixAlertDialog.Cancel asChild>
      <Button {...props}>{children}</Button>
    </RadixAlertDialog.Cancel>
  )
}
