export { answerSearch as GET } from '@/lib/admin/search'
