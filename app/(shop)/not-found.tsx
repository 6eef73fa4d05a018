import { NotFoundText } from '@/components/layout/not-found-text'

export default function ShopNotFound() {
  return <NotFoundText />
}
