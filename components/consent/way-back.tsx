import { buttonVariants } from '@/components/ui/button-variants'
import type { WayBack } from '@/lib/endpoints/way-back'

/** The buttons under a page that takes no answer: to the client's own host, and to the dashboard. */
export function WayOn({ back, mayWatch }: { back: WayBack | null; mayWatch: boolean }) {
  if (!back && !mayWatch) return null
  return (
    <>
      {back ? (
        <a href={back.href} rel="noreferrer" className={buttonVariants({ variant: 'primary' })}>
          Back to {back.host}
        </a>
      ) : null}
      {mayWatch ? (
        <a href="/admin" className={buttonVariants()}>
          Open the dashboard
        </a>
      ) : null}
    </>
  )
}
