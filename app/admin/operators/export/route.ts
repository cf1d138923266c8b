export { exportOperators as GET } from '@/lib/admin/exports'
