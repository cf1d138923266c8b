export {
  jwks as GET,
  jwks as HEAD,
  jwks as OPTIONS,
  jwks as POST,
  jwks as PUT,
  jwks as PATCH,
  jwks as DELETE,
} from '@/lib/endpoints/discovery'
