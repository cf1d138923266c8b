import { listConnections } from '@/lib/admin/connections/connections'

export const GET = listConnections.download
