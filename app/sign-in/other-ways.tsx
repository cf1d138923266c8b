'use client'
import { Fingerprint, LogIn } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/clock'
import { signInElsewhere } from '@/lib/auth/browser'
import type { ProviderButton } from '@/lib/auth/providers'

type OtherWaysProps = {
  readonly providers: readonly ProviderButton[]
  readonly next: string
  readonly onPasskey: () => void
  readonly disabled: boolean
}

/** The ways to sign in without a password of this server. */
export function OtherWays({ providers, next, onPasskey, disabled }: OtherWaysProps) {
  const hydrated = useHydrated()
  const looks = {
    size: 'lg',
    className: hydrated ? 'min-w-0' : 'min-w-0 disabled:opacity-100',
    disabled: !hydrated || disabled,
  } as const
  return (
    <div className="grid gap-2 border-t pt-4">
      <Button {...looks} onClick={onPasskey}>
        <Fingerprint aria-hidden />
        Continue with a passkey
      </Button>
      {providers.map(({ id, name }) => (
        <Button key={id} {...looks} onClick={() => signInElsewhere(id, next)}>
          <LogIn aria-hidden />
          <span className="truncate">Continue with {name}</span>
        </Button>
      ))}
    </div>
  )
}
