// @ts-check
const OVERLAY_STYLE = `
  dialog { border: 0; padding: 0; background: transparent; color: #fff; font: 16px/1.5 system-ui, sans-serif; max-width: none; max-height: none; }
  dialog::backdrop { background: rgb(10 16 34 / 72%); }
  .note { text-align: center; padding: 24px; max-width: 26rem; }
  .note p { margin: 0 0 20px; }
  .frame { display: flex; flex-direction: column; width: min(480px, 96vw); height: min(760px, 94vh); background: #10224d; border-radius: 12px; overflow: hidden; }
  iframe { border: 0; width: 100%; flex: 1; background: #fff; }
  button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 20px; border-radius: 22px; border: 1px solid #fff; background: transparent; color: #fff; cursor: pointer; margin: 4px; }
  button.main { background: #ffc439; border-color: #ffc439; color: #111827; }
  button.close { align-self: end; min-height: 36px; width: 36px; padding: 0; border: 0; margin: 4px 4px 0; font-size: 22px; line-height: 1; }
  button:focus-visible { outline: 3px solid #4c8dff; outline-offset: 2px; }`

/** A modal dialog over the shop's page, out of reach of the shop's styles. @param {string} label @param {() => void} onDismiss */
export function openOverlay(label, onDismiss) {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(OVERLAY_STYLE)
  root.adoptedStyleSheets = [sheet]
  const dialog = document.createElement('dialog')
  dialog.setAttribute('aria-label', label)
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    onDismiss()
  })
  root.append(dialog)
  document.body.append(host)
  dialog.showModal()
  return { dialog, remove: () => host.remove() }
}

/** @param {string} text @param {string} className @param {() => void} onClick */
export function overlayButton(text, className, onClick) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = className
  button.textContent = text
  button.addEventListener('click', onClick)
  return button
}
