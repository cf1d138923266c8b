'use client'
import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

export const Dialog = RadixDialog.Root
export const DialogTrigger = RadixDialog.Trigger

const overlay = 'fixed inset-0 z-50 bg-[oklch(0.15_0.02_266/0.5)] animate-fade'

type ContentProps = ComponentProps<typeof RadixDialog.Content> & {
  readonly heading: string
  readonly description?: string
}

function Close() {
  return (
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
  )
}

function Heading({ heading, description }: Pick<ContentProps, 'heading' | 'description'>) {
  return (
    <>
      <RadixDialog.Title className="pr-10 font-semibold text-lg">{heading}</RadixDialog.Title>
      {description ? (
        <RadixDialog.Description className="mt-1 text-muted text-sm">
          {description}
        </RadixDialog.Description>
      ) : null}
    </>
  )
}

export function DialogContent(props: ContentProps) {
  const { className, children, heading, description, ...rest } = props
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay data-slot="dialog-overlay" className={overlay} />
      <RadixDialog.Content
        data-slot="dialog"
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[calc(100%-2rem)] max-w-md overflow-y-auto',
          '-translate-x-1/2 -translate-y-1/2 animate-fade rounded-xl border bg-raised p-5',
          'shadow-overlay',
          className,
        )}
        {...rest}
      >
        <Heading heading={heading} description={description} />
        {children}
        <Close />
      </RadixDialog.Content>
    </RadixDialog.Portal>
  )
}

/** A panel that slides in from the left. */
export function SheetContent(props: ContentProps) {
  const { className, children, heading, description, ...rest } = props
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay data-slot="sheet-overlay" className={overlay} />
      <RadixDialog.Content
        data-slot="sheet"
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-sheet flex-col',
          'overflow-y-auto border-r bg-surface shadow-overlay outline-none',
          className,
        )}
        {...rest}
      >
        <div className="sr-only">
          <Heading heading={heading} description={description} />
        </div>
        {children}
        <Close />
      </RadixDialog.Content>
    </RadixDialog.Portal>
  )
}
