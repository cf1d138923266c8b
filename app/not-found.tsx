import type { Metadata } from 'next'
import { Notice, SinglePage } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button-variants'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <SinglePage>
      <Notice
        title="There is nothing at this address"
        action={
          // not next/link: every page bundles this one and its script
          <a href="/admin" className={buttonVariants({ variant: 'primary' })}>
            Go to the dashboard
          </a>
        }
      >
        <p>The page may have moved, or the address may have a typo.</p>
      </Notice>
    </SinglePage>
  )
}
