import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'
import { ThemeControl } from '@/components/theme/theme-control'
import type { Operator } from '@/lib/auth/operator'
import { Account } from './account'
import { Crumbs } from './crumbs'
import { Nav } from './nav'
import { Palette } from './palette'
import { LoadingContent } from './pending'
import { type Section, SectionsProvider } from './sections'
import { Shortcuts } from './shortcuts'
import { ShellStreamState } from './stream-state'
import { TopBar } from './top-bar'

type ShellProps = {
  readonly operator: Operator
  readonly sections: readonly Section[]
  /** the sign-out menu item */
  readonly signOut: ReactNode
  /** the bell, where approvals are on */
  readonly bell?: ReactNode
  readonly children: ReactNode
}

function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 font-medium text-on-accent text-sm focus:translate-y-0"
    >
      Skip to content
    </a>
  )
}

/** The dashboard's frame: sections on the left, or in a menu on narrow screens. */
export function Shell({ operator, sections, signOut, bell, children }: ShellProps) {
  const account = <Account operator={operator} signOut={signOut} />
  const foot = (
    <>
      <div className="flex items-center justify-between px-1.5">
        <ThemeControl />
      </div>
      {account}
    </>
  )
  return (
    <SectionsProvider sections={sections}>
      <div className="min-h-dvh lg:pl-58 print:pl-0">
        <SkipLink />
        <aside className="fixed inset-y-0 left-0 z-20 hidden w-58 flex-col border-r bg-canvas lg:flex print:hidden">
          <div className="px-4 pt-4 pb-5">
            <Brand />
          </div>
          <div className="flex-1 overflow-y-auto px-2">
            <Nav />
          </div>
          <div className="grid gap-2 border-t p-2">
            <div className="flex items-center justify-between px-1.5">
              <ThemeControl />
              <Shortcuts />
            </div>
            {account}
          </div>
        </aside>
        <TopBar foot={foot} />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto grid max-w-[1560px] grid-cols-[minmax(0,1fr)] gap-5 px-4 py-5 outline-none lg:px-8 lg:py-7"
        >
          <div className="-mb-1 flex items-center justify-between gap-3 print:hidden">
            <Crumbs />
            <span className="ml-auto flex shrink-0 items-center gap-3">
              <ShellStreamState />
              {bell}
              <Palette />
            </span>
          </div>
          <LoadingContent>{children}</LoadingContent>
        </main>
      </div>
    </SectionsProvider>
  )
}
