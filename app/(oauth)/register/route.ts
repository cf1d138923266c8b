export {
  register as GET,
  register as HEAD,
  register as OPTIONS,
  register as POST,
  register as PUT,
  register as PATCH,
  register as DELETE,
} from '@/lib/endpoints/register'
