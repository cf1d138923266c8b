import { listConnections } from '@/lib/admin/connections'

export const GET = listConnections.download
