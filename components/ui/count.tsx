'use client'
import { useHydrated } from '@/components/ui/clock'

/** A whole number with the separators of the reader's locale. */
export function Count({ of: number }: { readonly of: number }) {
  // the server does not know the reader's locale
  const locale = useHydrated() ? undefined : 'en'
  return <span data-slot="count">{new Intl.NumberFormat(locale).format(number)}</span>
}
