'use client'
import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

export const Dialog = RadixDialog.Root
export const DialogTrigger = RadixDialog.Trigger

type ContentProps = Omit<ComponentProps<typeof RadixDialog.Content>, 'onCloseAutoFocus'> & {
  readonly heading: string
  readonly description?: string
  /** restores the focus after closing, in a dialog without a trigger */
  readonly onClosed?: () => void
}

type PanelProps = ContentProps & { readonly slot: string; readonly isHeadingHidden?: boolean }

function Panel(props: PanelProps) {
  const { slot, heading, description, isHeadingHidden, onClosed, children, ...content } = props
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay className="fixed inset-0 z-50 animate-fade bg-[oklch(0.15_0.02_266/0.5)]" />
      <RadixDialog.Content
        data-slot={slot}
        {...(description ? {} : { 'aria-describedby': undefined })}
        onCloseAutoFocus={(event) => {
          if (!onClosed) return
          event.preventDefault()
          onClosed()
        }}
        {...content}
      >
        <div className={isHeadingHidden ? 'sr-only' : undefined}>
          <RadixDialog.Title className="pr-10 font-semibold text-lg">{heading}</RadixDialog.Title>
          {description ? (
            <RadixDialog.Description className="mt-1 text-muted text-sm">
              {description}
            </RadixDialog.Description>
          ) : null}
        </div>
        {children}
        <RadixDialog.Close asChild>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Close"
            className="absolute top-2 right-2 max-md:top-1 max-md:right-1"
          >
            <X aria-hidden />
          </Button>
        </RadixDialog.Close>
      </RadixDialog.Content>
    </RadixDialog.Portal>
  )
}

export function DialogContent({ className, ...props }: ContentProps) {
  const looks = cn(
    'fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[calc(100%-2rem)] max-w-md overflow-y-auto',
    '-translate-x-1/2 -translate-y-1/2 animate-fade rounded-xl border bg-raised p-5 shadow-overlay',
    className,
  )
  return <Panel slot="dialog" className={looks} {...props} />
}

/** A panel that slides in from the left; its heading is for screen readers. */
export function SheetContent(props: Pick<ContentProps, 'heading' | 'children'>) {
  return (
    <Panel
      slot="sheet"
      isHeadingHidden
      className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-sheet flex-col overflow-y-auto border-r bg-surface shadow-overlay outline-none"
      {...props}
    />
  )
}
