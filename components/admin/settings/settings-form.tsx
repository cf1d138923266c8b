'use client'
import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { SettingsState, saveSettings } from '@/lib/admin/settings/settings'
import type { SettingsView } from '@/lib/admin/settings/views'

const initial: SettingsState = { typed: null, problems: {}, message: null }

type SettingsFormProps = Pick<SettingsView, 'settings'> & { readonly save: typeof saveSettings }

/** The settings that can change at run time. */
export function SettingsForm({ settings, save }: SettingsFormProps) {
  const [{ typed, problems, message }, action, pending] = useActionState(save, initial)
  return (
    <TitledCard title="General">
      <CardContent>
        <form action={action} className="grid gap-5">
          {settings.map(({ name, label, hint, unit, value, fromEnvironment, isSet }) => {
            const standard = isSet ? ` The environment says ${fromEnvironment}.` : ''
            return (
              <Field
                key={`${name} ${value}`}
                name={name}
                label={unit ? `${label}, in ${unit}` : label}
                hint={`${hint}${standard}`}
                problem={problems[name]}
                defaultValue={typed?.[name] ?? value}
                inputMode={unit ? 'numeric' : undefined}
                maxLength={unit ? 6 : 80}
                autoComplete="off"
                required
              />
            )
          })}
          {/* Always rendered, so that screen readers announce changes. */}
          <div role="status" className="empty:hidden">
            {message ? <Callout tone="ok">{message}</Callout> : null}
          </div>
          <Button
            type="submit"
            variant="primary"
            disabled={pending}
            className="md:justify-self-end"
          >
            {pending ? 'Saving…' : 'Save settings'}
          </Button>
        </form>
      </CardContent>
    </TitledCard>
  )
}
