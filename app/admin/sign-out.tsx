'use client'
import { LogOut } from 'lucide-react'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { signOutHere } from '@/lib/auth/browser'

/** Ends this browser's session. */
export function SignOut() {
  return (
    <DropdownMenuItem onSelect={() => signOutHere()}>
      <LogOut aria-hidden />
      Sign out
    </DropdownMenuItem>
  )
}
