'use client'
import { useTheme } from 'next-themes'
import { useHydrated } from '@/components/ui/clock'
import { ThemeSwitch } from '@/components/ui/theme-switch'

/** The theme switch, holding what this browser remembers. */
export function ThemeControl() {
  const { theme, setTheme } = useTheme()
  // The server cannot know what the browser remembers.
  const hydrated = useHydrated()
  return <ThemeSwitch theme={hydrated ? theme : undefined} onThemeChange={setTheme} />
}
