'use client'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/clock'
import { cn } from '@/components/ui/cn'

/**
 * A button that needs the page's script. Until hydration it looks the same but is
 * disabled: a press would be lost.
 */
export function ScriptButton({ className, disabled, ...props }: ComponentProps<typeof Button>) {
  const hydrated = useHydrated()
  return (
    <Button
      {...props}
      className={cn(className, !hydrated && 'disabled:opacity-100')}
      disabled={!hydrated || disabled}
    />
  )
}
