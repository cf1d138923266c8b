import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'
import { inputClass } from '@/components/ui/input'

/** A multi-line field that grows with its content, if the browser can. */
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
