'use client'
import { LogOut } from 'lucide-react'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { endSession } from '@/lib/auth/browser'

/** Ends this browser's session. */
export function SignOut() {
  return (
    <DropdownMenuItem onSelect={() => endSession()}>
      <LogOut aria-hidden />
      Sign out
    </DropdownMenuItem>
  )
}
