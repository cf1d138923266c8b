export {
  revoke as GET,
  revoke as HEAD,
  revoke as OPTIONS,
  revoke as POST,
  revoke as PUT,
  revoke as PATCH,
  revoke as DELETE,
} from '@/lib/endpoints/revoke'
