export { handshakeStream as GET } from '@/lib/admin/handshakes/stream'

// seconds: a stream is open for longer than a page takes
export const maxDuration = 300
