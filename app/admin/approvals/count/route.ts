export { approvalCount as GET } from '@/lib/admin/approvals/approvals'
