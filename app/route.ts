export {
  root as GET,
  root as HEAD,
  root as OPTIONS,
  root as POST,
  root as PUT,
  root as PATCH,
  root as DELETE,
} from '@/lib/endpoints/fallback'
