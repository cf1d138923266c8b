import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { SettingsView } from '@/lib/admin/settings/views'

/** The same settings, read-only. */
export function SettingsFacts({ settings }: Pick<SettingsView, 'settings'>) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>General</CardTitle>
      </CardHeader>
      <CardContent>
        <dl className="grid gap-4">
          {settings.map(({ name, label, unit, value }) => (
            <div key={name} className="grid gap-0.5">
              <dt className="text-muted text-xs">{label}</dt>
              <dd className="wrap-anywhere text-sm">
                {value} {unit}
              </dd>
            </div>
          ))}
        </dl>
      </CardContent>
    </Card>
  )
}
