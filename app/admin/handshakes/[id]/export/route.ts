export { exportHandshake as GET } from '@/lib/admin/handshakes/exports'
