export { logStream as GET } from '@/lib/admin/log/stream'

// seconds: a stream stays open longer than a page takes
export const maxDuration = 300
