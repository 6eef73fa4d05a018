/** One sheet for the buyer's pages and the control page. Colours meet AA on both grounds. */
export const STYLES = `
  :root { color-scheme: light; --ink: #1b2333; --soft: #55607a; --line: #dde2ec; --ground: #f3f5f9; --card: #fff; --blue: #0a3fae; --yellow: #ffc439; --bad: #a3212b; --good: #12663a; --warn: #7a4a00; }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  h1 { font-size: 1.25rem; line-height: 1.25; margin: 0; text-wrap: balance; }
  h2 { font-size: 1rem; margin: 0; }
  p { margin: 0; }
  a { color: var(--blue); }
  .notice { background: #10224d; color: #fff; text-align: center; font-size: 0.8125rem; font-weight: 600; padding: 8px 16px; }
  .sheet { max-width: 30rem; margin: 24px auto; padding: 0 16px 32px; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 24px; display: grid; gap: 20px; }
  .sums dt, .rows span { hyphens: auto; }
  .top { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; }
  .brand { font-weight: 800; font-style: italic; font-size: 1.375rem; letter-spacing: -0.02em; color: #0a2f86; }
  .soft { color: var(--soft); font-size: 0.875rem; }
  .total { margin-top: 2px; font-size: 2.125rem; font-weight: 700; line-height: 1.1; letter-spacing: -0.02em; }
  .money, td.number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
  .block { border-top: 1px solid var(--line); padding-top: 16px; display: grid; gap: 10px; }
  .rows { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
  .rows li, .sums div { display: flex; justify-content: space-between; gap: 16px; }
  .rows span:first-child { min-width: 0; overflow-wrap: anywhere; }
  .sums { margin: 0; display: grid; gap: 4px; font-size: 0.9375rem; }
  .sums dd { margin: 0; }
  .sums .sum { font-weight: 700; font-size: 1rem; padding-top: 8px; }
  .card > * { min-width: 0; overflow-wrap: anywhere; }
  address { font-style: normal; }
  fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 8px; }
  legend { padding: 0; font-weight: 700; margin-bottom: 8px; }
  .choice { display: grid; grid-template-columns: auto 1fr; column-gap: 12px; align-items: start; padding: 12px 14px; border: 1px solid #8590a8; border-radius: 10px; cursor: pointer; }
  .choice:has(:checked) { border-color: var(--blue); box-shadow: inset 0 0 0 1px var(--blue); background: #f4f7ff; }
  .choice:has(:focus-visible) { outline: 3px solid #4c8dff; outline-offset: 2px; }
  .choice input { margin: 4px 0 0; accent-color: var(--blue); width: 1.0625rem; height: 1.0625rem; outline: none; }
  .choice small { display: block; color: var(--soft); font-size: 0.8125rem; }
  .actions { display: grid; gap: 10px; margin-top: 12px; }
  button, .button { font: inherit; font-weight: 650; min-height: 48px; padding: 0 20px; border-radius: 24px; border: 1px solid #8590a8; background: var(--card); color: var(--ink); cursor: pointer; display: inline-flex; align-items: center; justify-content: center; text-decoration: none; }
  button:hover, .button:hover { border-color: var(--ink); }
  button.main, .button.main { background: var(--yellow); border-color: var(--yellow); color: #111827; }
  button.main:hover, .button.main:hover { background: #f5b81f; border-color: #f5b81f; }
  button.plain { border-color: transparent; background: none; color: var(--blue); text-decoration: underline; text-underline-offset: 3px; }
  :is(a, button, .button, summary, [tabindex]):focus-visible { outline: 3px solid #4c8dff; outline-offset: 2px; border-radius: 6px; }
  :is(button, .button):focus-visible { border-radius: 24px; }
  @media (max-width: 30rem) { .sheet { margin-top: 12px; padding: 0 12px 24px; } .card { padding: 20px 16px; } }

  .wide { max-width: 96rem; margin: 0 auto; padding: 24px 20px 64px; display: grid; gap: 32px; }
  .panel { display: grid; gap: 12px; min-width: 0; }
  .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
  table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
  th, td { text-align: left; padding: 10px 14px; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
  tr:last-child td { border-bottom: 0; }
  th { color: var(--soft); font-weight: 600; font-size: 0.8125rem; }
  th.number { text-align: right; }
  tr:target { background: #fff7df; }
  code { font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
  .empty { padding: 20px 14px; color: var(--soft); }
  .status { font-weight: 650; white-space: nowrap; }
  .status::before { content: ""; display: inline-block; width: 0.5rem; height: 0.5rem; border-radius: 50%; background: currentColor; margin-right: 0.45rem; }
  .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .calm { color: var(--soft); }
  .small { min-height: 32px; padding: 0 12px; font-size: 0.8125rem; }
  td form { display: inline-flex; gap: 6px; margin: -4px 0; }
  .facts { display: flex; flex-wrap: wrap; gap: 4px 24px; }
`
