'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { cn } from '@/components/ui/cn'

const choices = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'dark', label: 'Dark', icon: Moon },
]

type ThemeSwitchProps = {
  /** the current theme; undefined until it is known */
  readonly theme: string | undefined
  readonly onThemeChange: (theme: string) => void
}

/** Light, dark or system. */
export function ThemeSwitch({ theme, onThemeChange }: ThemeSwitchProps) {
  return (
    <ToggleGroup.Root
      type="single"
      data-slot="theme-switch"
      aria-label="Colour theme"
      value={theme ?? ''}
      onValueChange={(value) => value && onThemeChange(value)}
      className="inline-flex w-fit rounded-md border bg-sunken p-0.5"
    >
      {choices.map(({ value, label, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className={cn(
            'grid size-6 place-items-center rounded-sm text-muted hover:text-ink max-md:size-10',
            'data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-panel',
          )}
        >
          <Icon aria-hidden className="size-3.5" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
