'use client'
import { ChevronsUpDown, UserRound } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { initialOf } from '@/components/kit/initial'
import { roleWords } from '@/components/kit/role-words'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { Operator } from '@/lib/auth/operator'

type AccountProps = {
  readonly operator: Operator
  /** the sign-out menu item */
  readonly signOut: ReactNode
}

/** The signed-in user, and sign-out. */
export function Account({ operator, signOut }: AccountProps) {
  const shown = operator.name ?? operator.email
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account of ${shown}`}
        className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
      >
        <span
          aria-hidden
          className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-ink text-xs uppercase"
        >
          {initialOf(shown)}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-sm">{shown}</span>
          <span className="block truncate text-muted text-xs">
            {roleWords[operator.role].label}
          </span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="w-56">
        <DropdownMenuLabel>
          <span className="block truncate">{operator.email}</span>
        </DropdownMenuLabel>
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRound aria-hidden />
            Your account
          </Link>
        </DropdownMenuItem>
        {signOut}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
