/** The pages that explain the shop, in the order of the footer. */
export const SERVICE_PAGES = [
  { href: '/delivery', title: 'Delivery' },
  { href: '/returns', title: 'Returns' },
  { href: '/contact', title: 'Contact' },
  { href: '/terms', title: 'Terms' },
  { href: '/privacy', title: 'Privacy' },
] as const
