'use client'
import { useTheme } from 'next-themes'
import { useHydrated } from '@/components/ui/clock'
import { ThemeSwitch } from '@/components/ui/theme-switch'

/** The theme switch, with this browser's choice. */
export function ThemeControl() {
  const { theme, setTheme } = useTheme()
  // The server does not know the browser's choice.
  const hydrated = useHydrated()
  return <ThemeSwitch theme={hydrated ? theme : undefined} onThemeChange={setTheme} />
}
