import { Callout } from '@/components/ui/callout'
import type { ActionResult } from './outcome'

/** What became of a form. It is always rendered, so that screen readers announce changes. */
export function FormOutcome({ outcome }: { readonly outcome: ActionResult | null }) {
  return (
    <div role="status" className="empty:hidden">
      {outcome ? <Callout tone={outcome.ok ? 'ok' : 'bad'}>{outcome.message}</Callout> : null}
    </div>
  )
}
