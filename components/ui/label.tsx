'use client'
import { Label as RadixLabel } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Label({ className, ...props }: ComponentProps<typeof RadixLabel.Root>) {
  return (
    <RadixLabel.Root
      data-slot="label"
      className={cn('font-medium text-ink text-sm max-md:text-base', className)}
      {...props}
    />
  )
}
