import { ButtonLink } from '@/components/ui/button'
import { Container } from '@/components/ui/container'

/** What a 404 says, inside the shop's frame or without it. */
export function NotFoundText() {
  return (
    <Container>
      <div className="not-found">
        <p className="eyebrow num">404</p>
        <h1 className="text-2xl">There is nothing on this sheet</h1>
        <p>The address may have a slip in it, or the work has been taken down.</p>
        <ButtonLink href="/" look="secondary">
          To the shop
        </ButtonLink>
      </div>
    </Container>
  )
}
