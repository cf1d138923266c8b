import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'

type StageProps = {
  readonly children: ReactNode
  /** small print below the panel */
  readonly footnote?: ReactNode
  /** for longer content */
  readonly wide?: boolean
}

/**
 * A page with one task: sign-in, set-up, consent, an error. Needs no JavaScript; as the
 * error page's frame every page bundles it, so it uses no class name library.
 */
export function SinglePage({ children, footnote, wide }: StageProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-8 sm:justify-center sm:py-12">
      <header className="mb-6">
        <Brand />
      </header>
      <main
        id="content"
        className={`w-full ${wide ? 'max-w-lg' : 'max-w-md'} rounded-xl border bg-surface p-6 shadow-panel sm:p-8`}
      >
        {children}
      </main>
      {footnote ? (
        <footer className="mt-5 max-w-md text-pretty text-center text-muted text-xs">
          {footnote}
        </footer>
      ) : null}
    </div>
  )
}

type NoticeProps = {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** A title, an explanation, and what to do next. */
export function Notice({ title, children, action }: NoticeProps) {
  return (
    <div className="grid gap-2">
      <h1 className="text-balance font-semibold text-xl">{title}</h1>
      <div className="grid gap-3 text-pretty text-base text-muted">{children}</div>
      {action ? <div className="mt-4 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  )
}
