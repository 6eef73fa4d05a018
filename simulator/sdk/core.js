// @ts-check
/**
 * The simulator's stand-in for PayPal's v6 browser script: `window.paypal` with one-time payment sessions, and the
 * element <paypal-button>. It runs in the shop's page, so it is plain script without imports. The buyer's page tells it
 * the result by postMessage; only messages from the simulator's own origin and from the window it opened count.
 */
(() => {
  /** Replaced with the simulator's address when the script is served. */
  const ORIGIN = "__SIMULATOR_ORIGIN__";
  const REDIRECT_MARK = "simulated-paypal-redirect";
  const POLL_MS = 250;

  /** @typedef {{ orderId: string }} CreatedOrder */
  /** @typedef {{ type: "approved" | "cancelled", orderId: string, payerId?: string }} BuyerResult */
  /** @typedef {{ presentationMode?: string, fullPageOverlay?: { enabled: boolean }, autoRedirect?: { enabled: boolean } }} StartOptions */
  /**
   * @typedef {object} Callbacks
   * @property {string} [orderId]
   * @property {(data: object) => Promise<void> | void} [onApprove]
   * @property {(data: object) => void} [onCancel]
   * @property {(error: Error) => void} [onError]
   * @property {(data: object) => void} [onComplete]
   */
  /**
   * A place where the buyer's page is shown.
   * @typedef {object} Stage
   * @property {(url: string) => void} show
   * @property {() => Window | null} source  whose messages count
   * @property {() => boolean} isClosed
   * @property {() => void} close
   */

  /** @param {string} message @param {string} code */
  function paypalError(message, code) {
    return Object.assign(new Error(message), { name: "PayPalError", code, isRecoverable: true });
  }

  /** @param {string} orderId @param {string} presentation */
  function buyerPageUrl(orderId, presentation) {
    const url = new URL("/checkoutnow", ORIGIN);
    url.searchParams.set("token", orderId);
    url.searchParams.set("presentation", presentation);
    url.searchParams.set("origin", window.location.origin);
    return url.href;
  }

  const OVERLAY_STYLE = `
    dialog { border: 0; padding: 0; background: transparent; color: #fff; font: 16px/1.5 system-ui, sans-serif; max-width: none; max-height: none; }
    dialog::backdrop { background: rgb(10 16 34 / 72%); }
    .note { text-align: center; padding: 24px; max-width: 26rem; }
    .note p { margin: 0 0 20px; }
    .frame { position: relative; width: min(480px, 96vw); height: min(760px, 94vh); background: #fff; border-radius: 12px; overflow: hidden; }
    iframe { border: 0; width: 100%; height: 100%; display: block; }
    button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 20px; border-radius: 22px; border: 1px solid #fff; background: transparent; color: #fff; cursor: pointer; margin: 4px; }
    button.main { background: #ffc439; border-color: #ffc439; color: #111827; }
    button.close { position: absolute; top: 8px; right: 8px; min-height: 36px; width: 36px; padding: 0; border: 0; background: #fff; color: #111827; font-size: 20px; line-height: 1; }
    button:focus-visible { outline: 3px solid #4c8dff; outline-offset: 2px; }`;

  /** A modal dialog over the shop's page, out of reach of the shop's styles. @param {string} label @param {() => void} onDismiss */
  function openOverlay(label, onDismiss) {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(OVERLAY_STYLE);
    root.adoptedStyleSheets = [sheet];
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", label);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      onDismiss();
    });
    root.append(dialog);
    document.body.append(host);
    dialog.showModal();
    return { dialog, remove: () => host.remove() };
  }

  /** @param {string} text @param {string} className @param {() => void} onClick */
  function overlayButton(text, className, onClick) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = text;
    button.addEventListener("click", onClick);
    return button;
  }

  /** @param {Window} popup @param {boolean} withOverlay @returns {Stage} */
  function popupStage(popup, withOverlay) {
    const overlay = withOverlay ? openOverlay("Paying with PayPal", () => popup.close()) : null;
    if (overlay !== null) {
      const note = document.createElement("div");
      note.className = "note";
      const text = document.createElement("p");
      text.textContent = "Finish paying in the PayPal window.";
      note.append(
        text,
        overlayButton("Show the window", "main", () => popup.focus()),
        overlayButton("Cancel", "", () => popup.close()),
      );
      overlay.dialog.append(note);
    }
    return {
      show: (url) => popup.location.replace(url),
      source: () => popup,
      isClosed: () => popup.closed,
      close: () => {
        overlay?.remove();
        popup.close();
      },
    };
  }

  /** @returns {Stage} */
  function modalStage() {
    let closed = false;
    const overlay = openOverlay("Pay with PayPal", () => {
      closed = true;
    });
    const box = document.createElement("div");
    box.className = "frame";
    const frame = document.createElement("iframe");
    frame.title = "Pay with PayPal";
    const close = overlayButton("×", "close", () => {
      closed = true;
    });
    close.setAttribute("aria-label", "Cancel and close");
    box.append(frame, close);
    overlay.dialog.append(box);
    return {
      show: (url) => {
        frame.src = url;
      },
      source: () => frame.contentWindow,
      isClosed: () => closed,
      close: () => overlay.remove(),
    };
  }

  /** Must run in the click itself: a window opened later is blocked. @param {StartOptions} options @returns {{ stage: Stage, presentation: string }} */
  function openStage(options) {
    const mode = options.presentationMode ?? "auto";
    const left = Math.max(0, Math.round(window.screenX + (window.outerWidth - 480) / 2));
    const popup = mode === "modal" ? null : window.open("about:blank", "_blank", `popup,width=480,height=760,left=${left},top=60`);
    if (popup) return { stage: popupStage(popup, options.fullPageOverlay?.enabled !== false), presentation: "popup" };
    return { stage: modalStage(), presentation: "modal" };
  }

  /** Waits for the buyer: approved, cancelled, or the window closed. @param {Stage} stage @param {string} orderId @param {AbortSignal} stopped @returns {Promise<BuyerResult | null>} */
  function buyerResult(stage, orderId, stopped) {
    return new Promise((resolve) => {
      /** @param {BuyerResult | null} result */
      const finish = (result) => {
        window.removeEventListener("message", onMessage);
        window.clearInterval(poll);
        resolve(result);
      };
      /** @param {MessageEvent} event */
      const onMessage = (event) => {
        if (event.origin !== ORIGIN || event.source !== stage.source()) return;
        const data = event.data;
        if (data?.source === "simulated-paypal" && data.orderId === orderId) finish(data);
      };
      window.addEventListener("message", onMessage);
      let closedPolls = 0;
      // A closing window may have a message on its way: the second look decides.
      const poll = window.setInterval(() => {
        closedPolls += stage.isClosed() ? 1 : 0;
        if (closedPolls > 1) finish({ type: "cancelled", orderId });
      }, POLL_MS);
      stopped.addEventListener("abort", () => finish(null));
    });
  }

  /** @param {Callbacks} callbacks @param {BuyerResult} result */
  async function report(callbacks, result) {
    if (result.type === "cancelled") {
      callbacks.onCancel?.({ orderId: result.orderId });
      callbacks.onComplete?.({ paymentSessionState: "canceled" });
      return;
    }
    try {
      await callbacks.onApprove?.({ orderId: result.orderId, payerId: result.payerId, fundingSource: "paypal" });
      callbacks.onComplete?.({ paymentSessionState: "approved" });
    } catch (error) {
      callbacks.onError?.(paypalError(error instanceof Error ? error.message : "onApprove failed", "ERR_ON_APPROVE"));
      callbacks.onComplete?.({ paymentSessionState: "error" });
    }
  }

  /** Ids whose return was reported; a page that mounts twice must not report twice. */
  const resumed = new Set();

  /** What the query of the page says about a redirect that came back. @param {string} [address] @returns {BuyerResult | null} */
  function returnedResult(address) {
    const query = new URL(address ?? window.location.href, window.location.href).searchParams;
    const orderId = query.get("token");
    const payerId = query.get("PayerID");
    if (orderId === null || resumed.has(orderId)) return null;
    if (payerId !== null) return { type: "approved", orderId, payerId };
    return sessionStorage.getItem(REDIRECT_MARK) === orderId ? { type: "cancelled", orderId } : null;
  }

  /** @param {Callbacks} callbacks */
  function createSession(callbacks) {
    let stop = new AbortController();
    /** @type {Stage | null} */
    let current = null;

    /** @param {Promise<CreatedOrder>} order @param {StartOptions} options */
    async function startRedirect(order, options) {
      const { orderId } = await order.catch(failed);
      sessionStorage.setItem(REDIRECT_MARK, orderId);
      const redirectURL = buyerPageUrl(orderId, "redirect");
      if (options.autoRedirect?.enabled === false) return { redirectURL };
      window.location.assign(redirectURL);
      return undefined;
    }

    /** @param {unknown} error @returns {never} */
    function failed(error) {
      const message = error instanceof Error ? error.message : "The order could not be created";
      callbacks.onError?.(paypalError(message, "ERR_CREATE_ORDER"));
      callbacks.onComplete?.({ paymentSessionState: "error" });
      throw error;
    }

    /** @param {Promise<CreatedOrder>} order @param {StartOptions} options */
    async function startStage(order, options) {
      const { stage, presentation } = openStage(options);
      current = stage;
      stop = new AbortController();
      const { signal } = stop;
      try {
        const { orderId } = await order.catch(failed);
        if (signal.aborted) return;
        if (!stage.isClosed()) stage.show(buyerPageUrl(orderId, presentation));
        const result = await buyerResult(stage, orderId, signal);
        stage.close();
        if (result !== null) await report(callbacks, result);
      } finally {
        stage.close();
        if (current === stage) current = null;
      }
    }

    const end = () => {
      stop.abort();
      current?.close();
      current = null;
    };
    return {
      /** @param {StartOptions} [options] @param {Promise<CreatedOrder>} [orderPromise] */
      start(options = {}, orderPromise) {
        if (current !== null) {
          orderPromise?.catch(() => {});
          return Promise.reject(paypalError("A payment is already under way", "ERR_SESSION_IN_PROGRESS"));
        }
        const order = orderPromise ?? Promise.resolve({ orderId: callbacks.orderId ?? "" });
        const mode = options.presentationMode ?? "auto";
        return mode === "redirect" || mode === "direct-app-switch" ? startRedirect(order, options) : startStage(order, options);
      },
      /** @param {string} [address] */
      hasReturned: (address) => returnedResult(address) !== null,
      /** @param {string} [address] */
      async resume(address) {
        const result = returnedResult(address);
        if (result === null) return;
        resumed.add(result.orderId);
        sessionStorage.removeItem(REDIRECT_MARK);
        await report(callbacks, result);
      },
      cancel: end,
      destroy: end,
    };
  }

  const eligible = {
    /** @param {string} method */
    isEligible: (method) => method === "paypal",
    getDetails: () => ({ canBeVaulted: false }),
  };

  async function createInstance() {
    return {
      findEligibleMethods: async () => eligible,
      hydrateEligibleMethods: () => eligible,
      updateLocale: () => {},
      createPayPalOneTimePaymentSession: createSession,
    };
  }

  /** @type {Record<string, [before: string, after: string]>} */
  const LABELS = {
    pay: ["Pay with", ""],
    checkout: ["Check out with", ""],
    buynow: ["", "Buy now"],
    donate: ["", "Donate"],
    subscribe: ["", "Subscribe"],
  };

  const BUTTON_STYLE = `
    :host { display: block; min-width: 150px; }
    :host([hidden]) { display: none; }
    button { all: unset; box-sizing: border-box; display: flex; align-items: center; justify-content: center; gap: 0.4em; width: 100%; min-height: 48px; padding: 0 16px;
      border-radius: var(--paypal-button-border-radius, 6px); background: #ffc439; color: #111827; cursor: pointer; font: 600 17px/1 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      text-align: center; transition: background-color 120ms ease-out; -webkit-tap-highlight-color: transparent; }
    button:hover { background: #f5b81f; }
    button:active { background: #e8a90c; }
    button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
    button:disabled { background: #ece4d0; color: #57534e; cursor: not-allowed; }
    b { font-weight: 800; font-style: italic; font-size: 20px; letter-spacing: -0.02em; color: #0a2f86; }
    button:disabled b { color: #57534e; }
    @media (prefers-reduced-motion: reduce) { button { transition: none; } }
    @media (forced-colors: active) { button { border: 2px solid ButtonText; } }`;

  class PayPalButton extends HTMLElement {
    static observedAttributes = ["type", "disabled"];
    #button = document.createElement("button");

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open", delegatesFocus: true });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(BUTTON_STYLE);
      root.adoptedStyleSheets = [sheet];
      this.#button.type = "button";
      root.append(this.#button);
      // A click on the element itself, by script or on its edge, must not pass when disabled.
      this.addEventListener(
        "click",
        (event) => {
          if (!this.disabled) return;
          event.stopImmediatePropagation();
          event.preventDefault();
        },
        { capture: true },
      );
      this.#render();
    }

    attributeChangedCallback() {
      this.#render();
    }

    get type() {
      return this.getAttribute("type") ?? "pay";
    }

    set type(value) {
      this.setAttribute("type", value ?? "pay");
    }

    get disabled() {
      return this.hasAttribute("disabled") && this.getAttribute("disabled") !== "false";
    }

    set disabled(value) {
      this.toggleAttribute("disabled", Boolean(value));
    }

    #render() {
      const [before, after] = LABELS[this.type] ?? ["Pay with", ""];
      const brand = document.createElement("b");
      brand.textContent = "PayPal";
      this.#button.disabled = this.disabled;
      this.#button.setAttribute("aria-label", [before, "PayPal", after].filter(Boolean).join(" "));
      this.#button.replaceChildren(...[before, brand, after].filter((part) => part !== ""));
    }
  }

  if (!customElements.get("paypal-button")) customElements.define("paypal-button", PayPalButton);
  Object.assign(window, { paypal: { version: "6.0.0-simulated", createInstance } });
})();
