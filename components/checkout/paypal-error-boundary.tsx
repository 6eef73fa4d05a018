'use client'

import { Component, type ReactNode } from 'react'

import { ButtonMissing } from './button-missing'

/** PayPal changes its remote script without notice (paypal-js issues 798, 799); the checkout must survive it. */
export class PayPalErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <ButtonMissing /> : this.props.children
  }
}
