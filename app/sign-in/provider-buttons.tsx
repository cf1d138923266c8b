'use client'
import { LogIn } from 'lucide-react'
import { ScriptButton } from '@/components/ui/script-button'
import { signInElsewhere } from '@/lib/auth/browser'
import type { ProviderButton } from '@/lib/auth/providers'

type ProviderButtonsProps = {
  readonly providers: readonly ProviderButton[]
  /** target after success */
  readonly next: string
  readonly disabled?: boolean
}

/** Signs in with a provider. */
export function ProviderButtons({ providers, next, disabled = false }: ProviderButtonsProps) {
  return providers.map(({ id, name }) => (
    <ScriptButton
      key={id}
      size="lg"
      className="min-w-0"
      disabled={disabled}
      onClick={() => signInElsewhere(id, next)}
    >
      <LogIn aria-hidden />
      <span className="truncate">Continue with {name}</span>
    </ScriptButton>
  ))
}
