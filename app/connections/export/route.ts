export { exportOwnConnections as GET } from '@/lib/admin/exports'
