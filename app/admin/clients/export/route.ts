export { exportClients as GET } from '@/lib/admin/exports'
