'use client'
import type { ComponentProps } from 'react'
import { PasskeysCard } from '@/components/account/passkeys-card'
import { makePasskey } from '@/lib/auth/browser'

export function Passkeys(props: Omit<ComponentProps<typeof PasskeysCard>, 'make'>) {
  return <PasskeysCard {...props} make={makePasskey} />
}
