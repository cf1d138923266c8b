import { listSessions } from '@/lib/admin/sessions'

export const GET = listSessions.download
