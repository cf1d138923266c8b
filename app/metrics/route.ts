export {
  metrics as GET,
  metrics as HEAD,
  metrics as OPTIONS,
  metrics as POST,
  metrics as PUT,
  metrics as PATCH,
  metrics as DELETE,
} from '@/lib/endpoints/metrics'
