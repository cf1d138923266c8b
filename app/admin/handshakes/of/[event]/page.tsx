import { Unplug } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { buttonVariants } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { handshakeOfEvent } from '@/lib/admin/handshakes/page'

export const metadata: Metadata = { title: 'Handshake of an event' }

/** Redirects from an event to its handshake: the log shows events before they are joined. */
export default async function HandshakeOfEvent({ params }: { params: Promise<{ event: string }> }) {
  const id = await handshakeOfEvent((await params).event)
  if (id) redirect(`/admin/handshakes/${id}`)
  return (
    <Card>
      <h1 className="sr-only">Handshake of an event</h1>
      <EmptyState
        icon={Unplug}
        title="This event belongs to no handshake"
        action={
          <Link href="/admin/log" className={buttonVariants()}>
            Back to the log
          </Link>
        }
      >
        It is not a step of an attempt to connect: it belongs to a connection that was made long
        before, to the dashboard, or to a visitor that nothing ties to an attempt.
      </EmptyState>
    </Card>
  )
}
