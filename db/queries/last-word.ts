import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/**
 * The last word of a name, in small letters: for most people their family name. The indexes `orders_by_family_name` and
 * `members_by_family_name` are over exactly this.
 */
export function lastWordOf(name: SQLWrapper): SQL {
  return sql`lower(regexp_replace(${name}, '^.* ', ''))`
}
