export { default, generateMetadata } from '../(shop)/layout'
