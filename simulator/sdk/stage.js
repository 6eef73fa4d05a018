// @ts-check
import { openOverlay, overlayButton } from './overlay.js'

/** @typedef {{ presentationMode?: string, fullPageOverlay?: { enabled: boolean }, autoRedirect?: { enabled: boolean } }} StartOptions */
/**
 * A place where the buyer's page is shown.
 * @typedef {object} Stage
 * @property {(url: string) => void} show
 * @property {() => Window | null} source  whose messages count
 * @property {() => boolean} isClosed
 * @property {() => void} close
 */

/** @param {Window} popup @param {boolean} withOverlay @returns {Stage} */
function popupStage(popup, withOverlay) {
  const overlay = withOverlay ? openOverlay('Paying with PayPal', () => popup.close()) : null
  if (overlay !== null) {
    const note = document.createElement('div')
    note.className = 'note'
    const text = document.createElement('p')
    text.textContent = 'Finish paying in the PayPal window.'
    note.append(
      text,
      overlayButton('Show the window', 'main', () => popup.focus()),
      overlayButton('Cancel', '', () => popup.close()),
    )
    overlay.dialog.append(note)
  }
  return {
    show: (url) => popup.location.replace(url),
    source: () => popup,
    isClosed: () => popup.closed,
    close: () => {
      overlay?.remove()
      popup.close()
    },
  }
}

/** @returns {Stage} */
function modalStage() {
  let closed = false
  const overlay = openOverlay('Pay with PayPal', () => {
    closed = true
  })
  const box = document.createElement('div')
  box.className = 'frame'
  const frame = document.createElement('iframe')
  frame.title = 'Pay with PayPal'
  const close = overlayButton('×', 'close', () => {
    closed = true
  })
  close.setAttribute('aria-label', 'Cancel and close')
  box.append(close, frame)
  overlay.dialog.append(box)
  return {
    show: (url) => {
      frame.src = url
    },
    source: () => frame.contentWindow,
    isClosed: () => closed,
    close: () => overlay.remove(),
  }
}

/** Must run in the click itself: a window opened later is blocked. @param {StartOptions} options @returns {{ stage: Stage, presentation: string }} */
export function openStage(options) {
  const mode = options.presentationMode ?? 'auto'
  const left = Math.max(0, Math.round(window.screenX + (window.outerWidth - 480) / 2))
  const popup =
    mode === 'modal' ? null : window.open('about:blank', '_blank', `popup,width=480,height=760,left=${left},top=60`)
  if (popup)
    return {
      stage: popupStage(popup, options.fullPageOverlay?.enabled !== false),
      presentation: 'popup',
    }
  return { stage: modalStage(), presentation: 'modal' }
}
