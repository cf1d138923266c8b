export {
  token as GET,
  token as HEAD,
  token as OPTIONS,
  token as POST,
  token as PUT,
  token as PATCH,
  token as DELETE,
} from '@/lib/endpoints/token'
