'use client'
import { Fingerprint } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/clock'
import type { ProviderButton } from '@/lib/auth/providers'
import { ProviderButtons } from './provider-buttons'

type OtherWaysProps = {
  readonly providers: readonly ProviderButton[]
  readonly next: string
  readonly onPasskey: () => void
  readonly disabled: boolean
}

/** The ways to sign in without a password of this server. */
export function OtherWays({ providers, next, onPasskey, disabled }: OtherWaysProps) {
  const hydrated = useHydrated()
  return (
    <div className="grid gap-2 border-t pt-4">
      <Button
        size="lg"
        className={hydrated ? 'min-w-0' : 'min-w-0 disabled:opacity-100'}
        disabled={!hydrated || disabled}
        onClick={onPasskey}
      >
        <Fingerprint aria-hidden />
        Continue with a passkey
      </Button>
      <ProviderButtons providers={providers} next={next} disabled={disabled} />
    </div>
  )
}
