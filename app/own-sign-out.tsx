'use client'
import { LogOut } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { signOutHere } from '@/lib/auth/browser'

/** Ends this browser's session. */
export function OwnSignOut() {
  return (
    <Button variant="ghost" onClick={() => signOutHere()}>
      <LogOut aria-hidden />
      <span className="max-sm:sr-only">Sign out</span>
    </Button>
  )
}
