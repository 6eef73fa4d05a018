import { formatMoney, type Money } from '@/lib/domain/money'

/** An amount in tabular figures. `from` says that other variants cost more. */
export function Price({ money, from = false, className = '' }: { money: Money; from?: boolean; className?: string }) {
  return (
    <span className={`num whitespace-nowrap ${className}`}>
      {from ? 'from ' : ''}
      {formatMoney(money)}
    </span>
  )
}
