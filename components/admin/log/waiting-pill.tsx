'use client'
import { ArrowUp } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { MOST_EVENTS } from './merge-events'

type WaitingPillProps = { readonly count: number; readonly onShow: () => void }

/** The number of held events, and a button to show them. */
export function WaitingPill({ count, onShow }: WaitingPillProps) {
  if (count === 0) return null
  return (
    <div className="pointer-events-none sticky top-16 z-20 -mb-11 flex justify-center lg:top-11">
      <Button
        variant="primary"
        onClick={onShow}
        className="pointer-events-auto animate-enter rounded-full shadow-overlay"
      >
        <ArrowUp aria-hidden />
        {count >= MOST_EVENTS ? `${MOST_EVENTS} or more` : count} new{' '}
        {count === 1 ? 'event' : 'events'}
      </Button>
    </div>
  )
}
