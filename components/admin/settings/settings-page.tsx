import { KeySquare } from 'lucide-react'
import { LinkButton } from '@/components/kit/links'
import { PageHeader } from '@/components/kit/page-header'
import { Fact } from '@/components/kit/records/facts'
import { CardContent, TitledCard } from '@/components/ui/card'
import type { SettingsView, saveSettings } from '@/lib/admin/settings/settings'
import { DangerZone, type DangerZoneProps } from './danger-zone'
import { EnvironmentCards } from './environment-card'
import { SettingsForm } from './settings-form'

/** The settings, read-only. */
function SettingsFacts({ settings }: Pick<SettingsView, 'settings'>) {
  return (
    <TitledCard title="General">
      <CardContent>
        <dl className="grid gap-4">
          {settings.map(({ name, label, unit, value }) => (
            <Fact key={name} label={label}>
              {value} {unit}
            </Fact>
          ))}
        </dl>
      </CardContent>
    </TitledCard>
  )
}

type SettingsPageProps = Pick<DangerZoneProps, 'confirmation'> & {
  readonly view: SettingsView
  /** absent for viewers */
  readonly actions?: Pick<DangerZoneProps, 'revokeAll'> & { readonly save: typeof saveSettings }
}

/** Settings that an admin can change at run time, and those from the environment. */
export function SettingsPage({ view, actions, confirmation }: SettingsPageProps) {
  const { settings, environment, reach } = view
  return (
    <>
      <PageHeader
        title="Settings"
        description="What is on the left takes effect at once, on every instance. What is on the right comes from the environment and changes with a restart."
        actions={
          <LinkButton href="/admin/keys" icon={KeySquare}>
            Signing keys
          </LinkButton>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid min-w-0 gap-5">
          {actions ? (
            <>
              <SettingsForm settings={settings} save={actions.save} />
              <DangerZone reach={reach} revokeAll={actions.revokeAll} confirmation={confirmation} />
            </>
          ) : (
            <SettingsFacts settings={settings} />
          )}
        </div>
        <div className="grid min-w-0 gap-5">
          <EnvironmentCards rows={environment} />
        </div>
      </div>
    </>
  )
}
