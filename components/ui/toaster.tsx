'use client'
import { Toaster as Sonner } from 'sonner'

/** Where notices appear. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel="Notices"
      toastOptions={{
        classNames: {
          toast: 'rounded-lg! border! border-line! bg-raised! font-sans! text-ink! shadow-overlay!',
          title: 'font-medium! text-sm!',
          description: 'text-muted! text-sm!',
          success: '[&_[data-icon]]:text-ok-ink!',
          error: '[&_[data-icon]]:text-bad-ink!',
        },
      }}
    />
  )
}
