// @ts-check
/** What stands before and after the brand. @type {Record<string, [before: string, after: string]>} */
const LABELS = {
  pay: ['Pay with ', ''],
  checkout: ['Check out with ', ''],
  buynow: ['', ' Buy now'],
  donate: ['', ' Donate'],
  subscribe: ['', ' Subscribe'],
}

const BUTTON_STYLE = `
  :host { display: block; min-width: 150px; }
  :host([hidden]) { display: none; }
  button { all: unset; box-sizing: border-box; display: flex; align-items: center; justify-content: center; white-space: pre; width: 100%; min-height: 48px; padding: 0 16px;
    border-radius: var(--paypal-button-border-radius, 6px); background: #ffc439; color: #111827; cursor: pointer; font: 600 17px/1 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    text-align: center; transition: background-color 120ms ease-out; -webkit-tap-highlight-color: transparent; }
  button:hover { background: #f5b81f; }
  button:active { background: #e8a90c; }
  button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
  button:disabled { background: #ece4d0; color: #57534e; cursor: not-allowed; }
  b { font-weight: 800; font-style: italic; font-size: 20px; letter-spacing: -0.02em; color: #0a2f86; }
  button:disabled b { color: #57534e; }
  @media (prefers-reduced-motion: reduce) { button { transition: none; } }
  @media (forced-colors: active) { button { border: 2px solid ButtonText; } }`

export class PayPalButton extends HTMLElement {
  static observedAttributes = ['type', 'disabled']
  #button = document.createElement('button')

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(BUTTON_STYLE)
    root.adoptedStyleSheets = [sheet]
    this.#button.type = 'button'
    root.append(this.#button)
    // A click on the element itself, by script or on its edge, must not pass when disabled.
    this.addEventListener(
      'click',
      (event) => {
        if (!this.disabled) return
        event.stopImmediatePropagation()
        event.preventDefault()
      },
      { capture: true },
    )
    this.#render()
  }

  attributeChangedCallback() {
    this.#render()
  }

  get type() {
    return this.getAttribute('type') ?? 'pay'
  }

  set type(value) {
    this.setAttribute('type', value ?? 'pay')
  }

  get disabled() {
    return this.hasAttribute('disabled') && this.getAttribute('disabled') !== 'false'
  }

  set disabled(value) {
    if (value) this.setAttribute('disabled', '')
    else this.removeAttribute('disabled')
  }

  #render() {
    const [before, after] = LABELS[this.type] ?? ['Pay with ', '']
    const brand = document.createElement('b')
    brand.textContent = 'PayPal'
    this.#button.disabled = this.disabled
    this.#button.replaceChildren(before, brand, after)
  }
}
