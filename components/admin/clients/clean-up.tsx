'use client'
import { Sparkles } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ConfirmDialog, useDialogs } from '@/components/kit/confirm-dialog'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import type { CleanUpActions } from './client-actions'

const ages = [
  { hours: 1, label: 'more than 1 hour ago' },
  { hours: 24, label: 'more than 1 day ago' },
  { hours: 72, label: 'more than 3 days ago' },
  { hours: 168, label: 'more than 7 days ago' },
  { hours: 720, label: 'more than 30 days ago' },
]

/** The number of clients of an age; `null` while loading. */
function useCount(hours: number, isOpen: boolean, countUnused: CleanUpActions['countUnused']) {
  const [counted, setCounted] = useState<{ hours: number; count: number } | null>(null)
  useEffect(() => {
    if (!isOpen) return setCounted(null)
    let isAsked = true
    countUnused(hours).then(
      (count) => isAsked && setCounted({ hours, count }),
      () => undefined,
    )
    return () => {
      isAsked = false
    }
  }, [hours, isOpen, countUnused])
  return counted?.hours === hours ? counted.count : null
}

function wordsOf(count: number | null): string {
  if (count === null) return 'Counting…'
  if (count === 0) return 'No client is that old and was never used.'
  const clients = count === 1 ? '1 client' : `${count.toLocaleString('en')} clients`
  return `${clients} registered that long ago and ${count === 1 ? 'was' : 'were'} never used.`
}

/** Deletes registered clients that no user ever allowed. */
export function CleanUp({ countUnused, deleteUnused }: CleanUpActions) {
  const { trigger, ask, asked } = useDialogs<'confirm'>()
  const dialog = asked('confirm')
  const [hours, setHours] = useState(24)
  const count = useCount(hours, dialog.open, countUnused)
  return (
    <>
      <Button ref={trigger} onClick={() => ask('confirm')}>
        <Sparkles aria-hidden />
        Clean up…
      </Button>
      <ConfirmDialog
        title="Delete clients that were never used?"
        keep="Keep them"
        confirm={count ? `Delete ${count.toLocaleString('en')}` : 'Delete'}
        busy="Deleting…"
        isReady={!!count}
        onConfirm={() => deleteUnused(hours)}
        {...dialog}
      >
        <div className="grid gap-1.5">
          <label htmlFor="clean-up-age" className="font-medium text-ink">
            Registered
          </label>
          <Select
            id="clean-up-age"
            value={hours}
            onChange={(event) => setHours(Number(event.target.value))}
          >
            {ages.map(({ hours: value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        <p aria-live="polite" className="font-medium text-ink">
          {wordsOf(count)}
        </p>
        <p>
          Nobody ever allowed them anything, so nothing stops working. An app that comes back
          registers again. Clients that an admin added stay.
        </p>
      </ConfirmDialog>
    </>
  )
}
