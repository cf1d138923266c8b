export {
  healthz as GET,
  healthz as HEAD,
  healthz as OPTIONS,
  healthz as POST,
  healthz as PUT,
  healthz as PATCH,
  healthz as DELETE,
} from '@/lib/endpoints/health'
