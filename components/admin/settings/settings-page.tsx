import { KeySquare } from 'lucide-react'
import Link from 'next/link'
import { PageHeader } from '@/components/kit/page-header'
import { buttonVariants } from '@/components/ui/button'
import type { SettingsView } from '@/lib/admin/settings/views'
import { DangerZone } from './danger-zone'
import { EnvironmentCards } from './environment-card'
import type { RevokeAllAction, SaveAction } from './settings-actions'
import { SettingsFacts } from './settings-facts'
import { SettingsForm } from './settings-form'

type SettingsPageProps = {
  readonly view: SettingsView
  /** the text to type before everything is revoked */
  readonly confirmation: string
  /** absent for viewers */
  readonly actions?: { readonly save: SaveAction; readonly revokeAll: RevokeAllAction } | undefined
}

const keys = (
  <Link href="/admin/keys" className={buttonVariants()}>
    <KeySquare aria-hidden />
    Signing keys
  </Link>
)

/** Settings that an admin can change at run time, and those from the environment. */
export function SettingsPage({ view, actions, confirmation }: SettingsPageProps) {
  const { settings, environment, reach } = view
  return (
    <>
      <PageHeader
        title="Settings"
        description="What is on the left takes effect at once, on every instance. What is on the right comes from the environment and changes with a restart."
        actions={keys}
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid min-w-0 gap-5">
          {actions ? (
            <SettingsForm settings={settings} save={actions.save} />
          ) : (
            <SettingsFacts settings={settings} />
          )}
          {actions ? (
            <DangerZone reach={reach} revokeAll={actions.revokeAll} confirmation={confirmation} />
          ) : null}
        </div>
        <div className="grid min-w-0 gap-5">
          <EnvironmentCards rows={environment} />
        </div>
      </div>
    </>
  )
}
