import { mix } from '../art/colour';
import { paletteNamed } from '../art/palettes';
import { rectPath } from '../art/path';
import type { Work } from '../art/works';
import { frame } from './frames';
import { shadowOf, wall } from './light';
import { vase } from './props';
import { landscape, type DrawScene } from './scene';

const OAK = '#c29a68';

/** A low sideboard along the foot of the wall. */
function sideboard(top: number): string {
  const body = rectPath(760, top, 1200, 400);
  return (
    shadowOf(body, 26) +
    `<path fill="${OAK}" d="${body}"/><path fill="${mix(OAK, '#ffffff', 0.2)}" d="${rectPath(750, top - 18, 1210, 24)}"/>` +
    `<path fill="#2a1f14" opacity="0.2" d="${rectPath(760, top + 6, 1200, 12)}"/>` +
    `<path fill="none" stroke="#7a5a34" stroke-opacity="0.55" stroke-width="3" d="M1130 ${top + 18}V1200M1500 ${top + 18}V1200"/>` +
    `<path fill="none" stroke="#8f6a3c" stroke-opacity="0.18" stroke-width="2" d="M760 ${top + 60}H1800M760 ${top + 104}H1800"/>` +
    `<g fill="#6b4c2a"><circle cx="1104" cy="${top + 80}" r="9"/><circle cx="1474" cy="${top + 80}" r="9"/></g>`
  );
}

function books(x: number, foot: number, inks: readonly string[]): string {
  const spines = [[300, 34], [270, 26], [286, 40]] as const;
  let y = foot;
  return spines
    .map(([width, height], index) => {
      y -= height;
      const colour = mix(inks[index] ?? OAK, '#e8dfd0', 0.12);
      const path = rectPath(x + index * 9, y, width, height);
      return `<path fill="${colour}" d="${path}"/><path fill="#ffffff" opacity="0.16" d="${rectPath(x + index * 9, y, width, 6)}"/><path fill="#15110d" opacity="0.2" d="${rectPath(x + index * 9, y + height - 5, width, 5)}"/>`;
    })
    .join('');
}

/** The room of the home page: one large work on a quiet wall, with room for words on the left. */
export const drawRoom: DrawScene<'room'> = (work: Work) => {
  const palette = paletteNamed(work.palette);
  const top = 1010;
  return {
    svg:
      wall(landscape) +
      frame(work, 'oak', 960, 84, 560, 20) +
      sideboard(top) +
      `<ellipse cx="1640" cy="${top - 8}" rx="200" ry="12" fill="#3a2f22" opacity="0.35" filter="url(#blur8)"/>` +
      books(1490, top - 16, palette.inks) +
      vase(862, top - 12, 0.92, palette),
  };
};
