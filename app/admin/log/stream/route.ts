export { logStream as GET } from '@/lib/admin/log-stream'
