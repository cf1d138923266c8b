'use client'
import { Share2 } from 'lucide-react'
import { type FormEvent, useState, useTransition } from 'react'
import { Copyable } from '@/components/kit/copyable'
import { showResult } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Label } from '@/components/ui/label'
import { Select } from '@/components/ui/select'
import type { ShareActions } from './share-actions'

const spans = [
  { days: 1, label: 'One day' },
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
]

type FormProps = {
  readonly busy: boolean
  readonly onSubmit: (days: number) => void
}

function ShareForm({ busy, onSubmit }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit(Number(new FormData(event.currentTarget).get('days')))
  }
  return (
    <form onSubmit={submit} className="mt-4 flex flex-wrap items-end justify-between gap-3">
      <span className="grid gap-1.5">
        <Label htmlFor="share-days">The link works for</Label>
        <Select id="share-days" name="days" defaultValue="7">
          {spans.map(({ days, label }) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </Select>
      </span>
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? 'Making the link…' : 'Make link'}
      </Button>
    </form>
  )
}

type ShareDialogProps = Pick<ShareActions, 'share'> & { readonly handshakeId: string }

/** Creates a link for someone without an account, and shows it once. */
export function ShareDialog({ handshakeId, share }: ShareDialogProps) {
  const [href, setHref] = useState<string | null>(null)
  const [busy, start] = useTransition()
  const make = (days: number) =>
    start(async () => {
      const made = await share(handshakeId, days)
      if (made.href) setHref(made.href)
      else showResult(made)
    })
  return (
    <Dialog onOpenChange={() => setHref(null)}>
      <DialogTrigger asChild>
        <Button>
          <Share2 aria-hidden />
          Share
        </Button>
      </DialogTrigger>
      <DialogContent
        heading="Share this handshake"
        description="Whoever has the link sees this page, read-only and redacted: no e-mail addresses, networks instead of addresses, shortened ids."
      >
        {href ? (
          <div className="mt-4 grid gap-2">
            <Copyable value={href} what="share link" />
            <p className="text-muted text-xs">
              Copy it now: it is not shown again. You can withdraw it on this page at any time.
            </p>
          </div>
        ) : (
          <ShareForm busy={busy} onSubmit={make} />
        )}
      </DialogContent>
    </Dialog>
  )
}
