import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'
import { inputClass } from '@/components/ui/input'

/** A text field of several lines that grows with what is typed, where the browser can. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(
        inputClass,
        'field-sizing-content h-auto min-h-20 py-2 max-md:h-auto',
        className,
      )}
      {...props}
    />
  )
}
