import { categoryHref } from '@/components/catalog/category-href'
import { ButtonLink } from '@/components/ui/button'
import type { CategoryView } from '@/lib/domain/catalog'

export function EmptyCategory({ elsewhere }: { elsewhere: CategoryView | null }) {
  return (
    <div className="border-t border-rule py-16">
      <p className="max-w-[36ch] text-lg">Nothing is hanging here at the moment. New works come in every few weeks.</p>
      <p className="mt-6">
        {elsewhere ? (
          <ButtonLink look="secondary" href={categoryHref(elsewhere.path)}>
            All {elsewhere.name.toLowerCase()}
          </ButtonLink>
        ) : (
          <ButtonLink look="secondary" href="/" prefetch={false}>
            To the new works
          </ButtonLink>
        )}
      </p>
    </div>
  )
}
