import { ArrowLeft, ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { buttonVariants } from '@/components/ui/button'
import { Pagination } from '@/components/ui/pagination'
import type { PageOf } from '@/lib/admin/views'
import { hrefWith, type QueryValues } from './hrefs'

type PagerProps = {
  readonly path: string
  readonly query: QueryValues
  readonly page: Pick<PageOf<unknown>, 'next' | 'previous'>
}

/** Links to the previous and next page; nothing if there is only one. */
export function Pager({ path, query, page }: PagerProps) {
  if (!page.next && !page.previous) return null
  return (
    <Pagination>
      <span>
        {page.previous ? (
          <Link
            href={hrefWith(path, query, { cursor: page.previous })}
            className={buttonVariants()}
            rel="prev"
          >
            <ArrowLeft aria-hidden />
            Previous
          </Link>
        ) : null}
      </span>
      {page.next ? (
        <Link
          href={hrefWith(path, query, { cursor: page.next })}
          className={buttonVariants()}
          rel="next"
        >
          Next
          <ArrowRight aria-hidden />
        </Link>
      ) : null}
    </Pagination>
  )
}
