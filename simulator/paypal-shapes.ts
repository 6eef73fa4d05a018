/** The parts of PayPal's JSON that the simulator reads or writes; names are PayPal's own. */
export type Money = { currency_code: string; value: string }

export type Breakdown = {
  item_total?: Money
  tax_total?: Money
  shipping?: Money
  handling?: Money
  insurance?: Money
  shipping_discount?: Money
  discount?: Money
}

export type Amount = Money & { breakdown?: Breakdown }

export type Item = {
  name: string
  quantity: string
  unit_amount: Money
  tax?: Money
  description?: string
  sku?: string
  category?: string
}

export type PostalAddress = {
  address_line_1?: string
  address_line_2?: string
  admin_area_2?: string
  admin_area_1?: string
  postal_code?: string
  country_code: string
}

export type ShippingOption = {
  id: string
  label: string
  type?: string
  amount?: Money
  selected: boolean
}

export type Shipping = {
  type?: string
  name?: { full_name?: string }
  address?: PostalAddress
  options?: ShippingOption[]
}

export type Payee = { merchant_id?: string; email_address?: string }

export type PurchaseUnit = {
  reference_id: string
  amount: Amount
  payee: Payee
  description?: string
  custom_id?: string
  invoice_id?: string
  soft_descriptor?: string
  items?: Item[]
  shipping?: Shipping
}

export type ExperienceContext = {
  brand_name?: string
  locale?: string
  shipping_preference?: string
  user_action?: string
  return_url?: string
  cancel_url?: string
  payment_method_preference?: string
}

export type Link = { href: string; rel: string; method: 'GET' | 'POST' | 'PATCH' | 'DELETE' }
