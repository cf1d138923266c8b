export { downloadList as GET } from '../../sections'
