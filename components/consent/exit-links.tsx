import { buttonVariants } from '@/components/ui/button-variants'
import type { WayBack } from '@/lib/endpoints/consent-state'

/** The links on a page without a form: to the client's host, and to the dashboard. */
export function ExitLinks({ back, mayWatch }: { back: WayBack | null; mayWatch: boolean }) {
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
