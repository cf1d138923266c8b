import Link from 'next/link'
import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'
import { ThemeControl } from '@/components/theme/theme-control'
import { buttonVariants } from '@/components/ui/button'
import type { Operator } from '@/lib/auth/operator'

type OwnShellProps = {
  readonly person: Operator
  /** ends the session */
  readonly signOut: ReactNode
  readonly children: ReactNode
}

/** The frame of the pages for everybody who signs in, whatever they may do besides. */
export function OwnShell({ person, signOut, children }: OwnShellProps) {
  return (
    <div className="min-h-dvh">
      <header className="border-b bg-surface">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
          <Link href="/connections" className="mr-auto">
            <Brand />
          </Link>
          <span className="wrap-anywhere min-w-0 text-muted text-sm">{person.email}</span>
          {person.role === 'member' ? null : (
            <Link href="/admin" className={buttonVariants({ variant: 'ghost' })}>
              Dashboard
            </Link>
          )}
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
