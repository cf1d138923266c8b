import { listAudit } from '@/lib/admin/audit/audit'

export const GET = listAudit.download
