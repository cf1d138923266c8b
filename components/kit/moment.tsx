import { RelativeTime } from '@/components/ui/relative-time'

type MomentProps = {
  readonly at: Date | string | null
  /** shown if it never happened */
  readonly never?: string
}

/** When something happened, or that it never did. */
export function Moment({ at, never = 'never' }: MomentProps) {
  if (!at) return <span className="text-muted">{never}</span>
  return <RelativeTime at={at} className="whitespace-nowrap" />
}
