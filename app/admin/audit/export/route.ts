import { listAudit } from '@/lib/admin/audit'

export const GET = listAudit.download
