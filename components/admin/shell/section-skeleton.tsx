import { PageHeader } from '@/components/kit/page-header'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

const keys = (count: number): readonly number[] => Array.from({ length: count }, (_, key) => key)

function Rows({ count, className }: { readonly count: number; readonly className: string }) {
  return (
    <Card className="divide-y overflow-hidden">
      {keys(count).map((key) => (
        <div key={key} className="flex items-center gap-6 px-4 py-3">
          <Skeleton className={className} />
          <Skeleton className="h-4 w-1/5 max-md:hidden" />
          <Skeleton className="ml-auto h-4 w-16" />
        </div>
      ))}
    </Card>
  )
}

function Toolbar() {
  return (
    <div className="flex flex-wrap gap-2">
      <Skeleton className="h-8 w-72 max-md:h-11 max-md:w-full" />
      <Skeleton className="h-8 w-32 max-md:hidden" />
      <Skeleton className="ml-auto h-8 w-24 max-md:hidden" />
    </div>
  )
}

function Cards({ count, className }: { readonly count: number; readonly className: string }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-3">
      {keys(count).map((key) => (
        <Skeleton key={key} className={className} />
      ))}
    </div>
  )
}

const shapes = {
  list: (
    <>
      <Toolbar />
      <Rows count={12} className="h-8 w-1/3" />
    </>
  ),
  lines: (
    <>
      <Toolbar />
      <Rows count={12} className="h-4 w-1/2" />
    </>
  ),
  rows: <Rows count={3} className="h-8 w-1/3" />,
  cards: (
    <>
      <Cards count={2} className="h-40 rounded-xl" />
      <Rows count={4} className="h-4 w-1/3" />
    </>
  ),
  overview: (
    <>
      <Cards count={4} className="h-28 rounded-xl" />
      <Cards count={2} className="h-36 rounded-xl" />
      <Cards count={3} className="h-52 rounded-xl" />
    </>
  ),
}

/** The outline of a section's content. */
export type SkeletonShape = keyof typeof shapes

type SectionSkeletonProps = { readonly title: string; readonly shape: SkeletonShape }

/** A section while it loads: its name, and the shape of its content. */
export function SectionSkeleton({ title, shape }: SectionSkeletonProps) {
  return (
    <>
      <PageHeader title={title} />
      {shapes[shape]}
    </>
  )
}
