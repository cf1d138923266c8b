import { listSessions } from '@/lib/admin/sessions/sessions'

export const GET = listSessions.download
