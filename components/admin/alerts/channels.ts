import { type LucideIcon, Mail, Webhook } from 'lucide-react'
import type { AlertChannelRow } from '@/lib/admin/alerts/alerts'

type Shown = {
  readonly label: string
  readonly icon: LucideIcon
  readonly purpose: string
}

export const channels: Record<AlertChannelRow['channel'], Shown> = {
  webhook: {
    label: 'Webhook',
    icon: Webhook,
    purpose: 'A signed POST in the Standard Webhooks form; Slack takes it as it is.',
  },
  email: {
    label: 'E-mail',
    icon: Mail,
    purpose: 'A plain message by way of your mail server.',
  },
}
