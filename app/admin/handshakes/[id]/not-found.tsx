import { Unplug } from 'lucide-react'
import Link from 'next/link'
import { buttonVariants } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'

/** Shown where a handshake is missing: late events can merge two attempts into one. */
export default function HandshakeGone() {
  return (
    <Card>
      <h1 className="sr-only">No such handshake</h1>
      <EmptyState
        icon={Unplug}
        title="This handshake no longer exists"
        action={
          <Link href="/admin/handshakes" className={buttonVariants({ variant: 'primary' })}>
            All handshakes
          </Link>
        }
      >
        Its events turned out to be those of another attempt, or they have left the log.
      </EmptyState>
    </Card>
  )
}
