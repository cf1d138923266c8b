export { exportLog as GET } from '@/lib/admin/log/log'
