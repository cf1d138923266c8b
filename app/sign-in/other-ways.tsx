'use client'
import { Fingerprint } from 'lucide-react'
import { ScriptButton } from '@/components/ui/script-button'
import type { ProviderButton } from '@/lib/auth/providers'
import { ProviderButtons } from './provider-buttons'

type OtherWaysProps = {
  readonly providers: readonly ProviderButton[]
  readonly next: string
  readonly onPasskey: () => void
  readonly disabled: boolean
}

/** The ways to sign in without a password. */
export function OtherWays({ providers, next, onPasskey, disabled }: OtherWaysProps) {
  return (
    <div className="grid gap-2 border-t pt-4">
      <ScriptButton size="lg" className="min-w-0" disabled={disabled} onClick={onPasskey}>
        <Fingerprint aria-hidden />
        Continue with a passkey
      </ScriptButton>
      <ProviderButtons providers={providers} next={next} disabled={disabled} />
    </div>
  )
}
