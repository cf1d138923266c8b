'use client'
import { RefreshCw } from 'lucide-react'
import { useTransition } from 'react'
import { notify, type Outcome } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

export type CheckAgainAction = () => Promise<Outcome>

/** The button that runs the self-check again. */
export function CheckAgain({ check }: { check: CheckAgainAction }) {
  const [busy, start] = useTransition()
  return (
    <Button
      variant="primary"
      aria-disabled={busy}
      onClick={() => {
        if (!busy) start(async () => notify(await check()))
      }}
    >
      <RefreshCw aria-hidden className={cn(busy && 'animate-spin motion-reduce:animate-none')} />
      {busy ? 'Checking…' : 'Check again'}
    </Button>
  )
}
