import { listOwnConnections } from '@/lib/admin/account/connections'

export const GET = listOwnConnections.download
