import { ArrowUpToLine } from 'lucide-react'
import Link from 'next/link'
import { buttonVariants } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { hrefWith, type QueryValues } from './hrefs'

type PastProps = {
  readonly path: string
  readonly query: QueryValues
  /** the name of the rows, which are older and static */
  readonly what: string
}

/** Says that this page of a live list is static, and links back. */
export function Past({ path, query, what }: PastProps) {
  return (
    <Callout className="items-center [&>svg]:mt-0">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        These are older {what}; new ones do not appear here.
        <Link href={hrefWith(path, query, {})} className={buttonVariants({ size: 'sm' })}>
          <ArrowUpToLine aria-hidden />
          Back to live
        </Link>
      </span>
    </Callout>
  )
}
