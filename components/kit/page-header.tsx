import type { ReactNode } from 'react'

type PageHeaderProps = {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
}

/** A page's title, description and actions. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <div>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-2xl tracking-tight">
          {title}
        </h1>
        {actions}
      </div>
      {description ? (
        <p className="mt-0.5 max-w-3xl text-pretty text-muted text-sm">{description}</p>
      ) : null}
    </div>
  )
}
