'use client'
import { useActionState } from 'react'
import { FormOutcome } from '@/components/kit/form-outcome'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { SettingsState, SettingsView, saveSettings } from '@/lib/admin/settings/settings'

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
          <FormOutcome outcome={message ? { ok: true, message } : null} />
          <SubmitButton
            variant="primary"
            pending={pending}
            busy="Saving…"
            className="md:justify-self-end"
          >
            Save settings
          </SubmitButton>
        </form>
      </CardContent>
    </TitledCard>
  )
}
