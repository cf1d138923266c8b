export { exportConnections as GET } from '@/lib/admin/exports'
