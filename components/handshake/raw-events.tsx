import { CopyButton } from '@/components/ui/copy-button'
import type { EventRow } from '@/lib/admin/views'

/** The raw events. */
export function RawEvents({ events }: { events: readonly EventRow[] }) {
  const text = JSON.stringify(events, null, 2)
  return (
    <div className="relative">
      <CopyButton
        value={text}
        what="events as JSON"
        label="Copy"
        size="sm"
        className="absolute top-3 right-3"
      />
      <section
        aria-label="Events as JSON"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
        tabIndex={0}
        className="max-h-[70dvh] overflow-auto p-4"
      >
        <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-xs">{text}</pre>
      </section>
    </div>
  )
}
