import { LayoutDashboard } from 'lucide-react'
import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'
import { ThemeControl } from '@/components/theme/theme-control'
import { buttonVariants } from '@/components/ui/button'

type AccountShellProps = {
  /** the way to the dashboard, for those who may see it */
  readonly hasDashboard: boolean
  readonly signOut: ReactNode
  readonly children: ReactNode
}

/** The frame of the pages that everybody has, whatever their role. */
export function AccountShell({ hasDashboard, signOut, children }: AccountShellProps) {
  return (
    <div className="min-h-dvh">
      <header className="border-b">
        <div className="mx-auto flex max-w-3xl flex-wrap items-center gap-2 px-4 py-2.5">
          <span className="mr-auto">
            <Brand />
          </span>
          <ThemeControl />
          {hasDashboard ? (
            <a href="/admin" className={buttonVariants({ variant: 'ghost' })}>
              <LayoutDashboard aria-hidden />
              <span className="max-sm:sr-only">Dashboard</span>
            </a>
          ) : null}
          {signOut}
        </div>
      </header>
      <main
        id="content"
        className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6"
      >
        {children}
      </main>
    </div>
  )
}
