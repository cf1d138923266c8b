'use client'
import { Fingerprint } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/clock'

type OtherWaysProps = { readonly onPasskey: () => void; readonly disabled: boolean }

/** The ways to sign in without a password of this server. */
export function OtherWays({ onPasskey, disabled }: OtherWaysProps) {
  const hydrated = useHydrated()
  return (
    <div className="grid gap-2 border-t pt-4">
      <Button
        size="lg"
        className={hydrated ? undefined : 'disabled:opacity-100'}
        disabled={!hydrated || disabled}
        onClick={onPasskey}
      >
        <Fingerprint aria-hidden />
        Continue with a passkey
      </Button>
    </div>
  )
}
