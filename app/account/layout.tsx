import { OwnLayout } from '../own-layout'

export default OwnLayout
