export { exportTokens as GET } from '@/lib/admin/exports'
