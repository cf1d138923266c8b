export {
  bareOrigin as GET,
  bareOrigin as HEAD,
  bareOrigin as OPTIONS,
  bareOrigin as POST,
  bareOrigin as PUT,
  bareOrigin as PATCH,
  bareOrigin as DELETE,
} from '@/lib/endpoints/fallback'
