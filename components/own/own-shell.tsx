import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'
import { ThemeControl } from '@/components/theme/theme-control'
import type { Operator } from '@/lib/auth/operator'
import { OwnNav } from './own-nav'

type OwnShellProps = {
  readonly person: Operator
  /** ends the session */
  readonly signOut: ReactNode
  readonly children: ReactNode
}

/** The layout of the pages that every signed-in user has, whatever their role. */
export function OwnShell({ person, signOut, children }: OwnShellProps) {
  return (
    <div className="min-h-dvh">
      <header className="border-b bg-surface">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
          <Brand />
          <OwnNav hasDashboard={person.role !== 'member'} />
          <span className="wrap-anywhere min-w-0 text-muted text-sm max-sm:sr-only">
            {person.email}
          </span>
          {signOut}
          <ThemeControl />
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6 outline-none"
      >
        {children}
      </main>
    </div>
  )
}
