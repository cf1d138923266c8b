import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice, Stage } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <Stage>
      <Notice
        title="There is nothing at this address"
        action={
          <Link href="/admin" className={buttonVariants({ variant: 'primary' })}>
            Go to the dashboard
          </Link>
        }
      >
        <p>The page may have moved, or the address may have a slip in it.</p>
      </Notice>
    </Stage>
  )
}
