export { exportAudit as GET } from '@/lib/admin/exports'
