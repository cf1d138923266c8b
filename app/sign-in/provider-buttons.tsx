'use client'
import { LogIn } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/clock'
import { signInElsewhere } from '@/lib/auth/browser'
import type { ProviderButton } from '@/lib/auth/providers'

type ProviderButtonsProps = {
  readonly providers: readonly ProviderButton[]
  /** where one is led when it has worked */
  readonly next: string
  readonly disabled?: boolean
}

/** Signs in with an account somewhere else. */
export function ProviderButtons({ providers, next, disabled = false }: ProviderButtonsProps) {
  const hydrated = useHydrated()
  return providers.map(({ id, name }) => (
    <Button
      key={id}
      size="lg"
      className={hydrated ? 'min-w-0' : 'min-w-0 disabled:opacity-100'}
      disabled={!hydrated || disabled}
      onClick={() => signInElsewhere(id, next)}
    >
      <LogIn aria-hidden />
      <span className="truncate">Continue with {name}</span>
    </Button>
  ))
}
