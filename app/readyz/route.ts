export {
  readyz as GET,
  readyz as HEAD,
  readyz as OPTIONS,
  readyz as POST,
  readyz as PUT,
  readyz as PATCH,
  readyz as DELETE,
} from '@/lib/endpoints/health'
