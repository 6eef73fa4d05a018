import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'

import { fontClass } from './fonts'
import './globals.css'

export const metadata: Metadata = {
  title: 'Shop',
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  // The paper of app/tokens.css.
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f4ed' },
    { media: '(prefers-color-scheme: dark)', color: '#17171a' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={fontClass}>
      <body>{children}</body>
    </html>
  )
}
