export { exportSessions as GET } from '@/lib/admin/exports'
