import { z } from 'zod'

import { COUNTRIES } from '@/lib/domain/country'

/** Which change of it the form's page had shown. */
export const Seen = z.coerce.number().int().min(0).catch(0)

/** A row's id as a form or an address says it; null for anything else. */
export const RowId = z.coerce.number().int().positive().max(2_147_483_647).nullable().catch(null)

/** The code of a country that the shop knows; null for anything else. */
export const KnownCountry = z
  .string()
  .refine((code) => Object.hasOwn(COUNTRIES, code))
  .nullable()
  .catch(null)
