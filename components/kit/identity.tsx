import { BadgeCheck } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { initialOf } from '@/components/kit/initial'

type IdentityProps = {
  readonly name: string
  readonly href?: string
  /** a second, muted line */
  readonly under?: ReactNode
  /** the verified domain of the name */
  readonly verifiedDomain?: string | null
  /** shown after the name, to distinguish it */
  readonly mark?: ReactNode
}

function Verified({ domain }: { domain: string }) {
  const words = `Verified: ${domain} publishes the description of this client`
  return (
    <span title={words} className="shrink-0 text-ok-ink">
      <BadgeCheck aria-hidden className="size-4" />
      <span className="sr-only">{words}</span>
    </span>
  )
}

/** The name of a row, with its initial as a tile. */
export function Identity({ name, href, under, verifiedDomain, mark }: IdentityProps) {
  return (
    <span className="flex min-w-0 max-w-full items-center gap-2.5">
      <span
        aria-hidden
        className="grid size-8 shrink-0 place-items-center overflow-hidden rounded-md border bg-sunken font-semibold text-muted text-sm uppercase"
      >
        {initialOf(name)}
      </span>
      <span className="min-w-0">
        <span className="flex min-w-0 items-center gap-1">
          {href ? (
            <Link
              href={href}
              prefetch={false}
              data-row
              className="block truncate font-medium underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          ) : (
            <span className="block truncate font-medium">{name}</span>
          )}
          {verifiedDomain ? <Verified domain={verifiedDomain} /> : null}
          {mark}
        </span>
        {under ? <span className="block truncate text-muted text-xs">{under}</span> : null}
      </span>
    </span>
  )
}
