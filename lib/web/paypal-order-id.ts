import { z } from 'zod'

/** PayPal's own form of an order id (Orders 2.13: `^[A-Z0-9]+$`, at most 36). */
export const PayPalOrderId = z.string().regex(/^[A-Z0-9]{1,36}$/)
