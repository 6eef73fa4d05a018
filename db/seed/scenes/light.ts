import { num, rectPath } from '../art/path';
import { landscape, portrait } from './scene';
import type { Size } from '../art/drawing';

/** Light comes from a window at the upper left in every picture; shadows fall down to the right. */
export const definitions =
  [8, 18, 40].map((blur) => `<filter id="blur${blur}" x="-25%" y="-25%" width="150%" height="150%"><feGaussianBlur stdDeviation="${blur}"/></filter>`).join('') +
  '<linearGradient id="table" x1="0" y1="0" x2="0.85" y2="1"><stop offset="0" stop-color="#f0ece4"/><stop offset="1" stop-color="#dcd5c9"/></linearGradient>' +
  '<linearGradient id="wall" x1="0" y1="0" x2="1" y2="0.9"><stop offset="0" stop-color="#efeae1"/><stop offset="0.55" stop-color="#e6e0d5"/><stop offset="1" stop-color="#d6cec1"/></linearGradient>' +
  '<linearGradient id="falloff" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.1"/><stop offset="0.5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#2a2118" stop-opacity="0.1"/></linearGradient>' +
  '<linearGradient id="round" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#241c14" stop-opacity="0.14"/><stop offset="0.16" stop-color="#fff" stop-opacity="0.1"/><stop offset="0.34" stop-color="#fff" stop-opacity="0.2"/><stop offset="0.6" stop-color="#241c14" stop-opacity="0.04"/><stop offset="0.9" stop-color="#241c14" stop-opacity="0.34"/><stop offset="1" stop-color="#241c14" stop-opacity="0.28"/></linearGradient>';

const SHADOW = '#3a2f22';

/** The pale surface on which flat things lie, seen from above. */
export function table(size: Size = portrait): string {
  return `<path fill="url(#table)" d="${rectPath(0, 0, size.width, size.height)}"/>`;
}

/** A plastered wall, with the soft patch that a window throws on it. */
export function wall(size: Size = portrait): string {
  const { width, height } = size;
  const lean = width * 0.2;
  const pane = (left: number, right: number) =>
    `M${num(width * left)} ${num(height * -0.05)}L${num(width * right)} ${num(height * -0.05)}L${num(width * right + lean)} ${num(height * 0.85)}L${num(width * left + lean)} ${num(height * 0.85)}Z`;
  const window = size === landscape ? pane(0.04, 0.2) + pane(0.225, 0.385) : pane(-0.06, 0.26) + pane(0.3, 0.6);
  return (
    `<path fill="url(#wall)" d="${rectPath(0, 0, width, height)}"/>` +
    `<path fill="#fffaf0" opacity="0.34" filter="url(#blur18)" d="${window}"/>`
  );
}

/** Wall above, table top below, seen from the front. */
export function counter(edge: number, size: Size = portrait): string {
  return (
    `${wall(size)}<path fill="url(#table)" d="${rectPath(0, edge, size.width, size.height - edge)}"/>` +
    `<path fill="${SHADOW}" opacity="0.07" d="${rectPath(0, edge - 3, size.width, 6)}"/>`
  );
}

/** The shadow of a flat thing: a tight dark one where it touches and a wide pale one. `lift` is how far it stands off. */
export function shadowOf(path: string, lift: number): string {
  const wide = lift > 14 ? 'blur40' : 'blur18';
  return (
    `<path fill="${SHADOW}" opacity="0.26" filter="url(#${wide})" transform="translate(${num(lift * 1.1)} ${num(lift * 1.5)})" d="${path}"/>` +
    `<path fill="${SHADOW}" opacity="0.3" filter="url(#blur8)" transform="translate(${num(lift * 0.25)} ${num(lift * 0.35)})" d="${path}"/>`
  );
}

/** Brightens the side towards the window and dims the other. */
export function falloff(path: string): string {
  return `<path fill="url(#falloff)" d="${path}"/>`;
}
