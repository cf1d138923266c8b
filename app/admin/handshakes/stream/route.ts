export { handshakeStream as GET } from '@/lib/admin/handshakes/stream'

// seconds: a stream stays open longer than a page takes
export const maxDuration = 300
