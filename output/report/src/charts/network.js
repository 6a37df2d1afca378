// SPDX-License-Identifier: Apache-2.0
// A network on a ring: organisations stand together by group, ties run through the middle.
import {element, escape, label, picture, wrap} from '../svg.js';

const gap = 0.08; // between groups. unit: radian

/** Colour of ties within a group: none of those of the nodes. */
export const inside = (theme) => theme.shades[4];

/** Angle of every place on the ring, and the middle of every group. places: [{id, group}] in order. */
export function ring(places) {
  const groups = [...new Set(places.map(({group}) => group))];
  const step = (2 * Math.PI - gap * groups.length) / Math.max(1, places.length);
  const angles = new Map(),
    middles = new Map();
  let angle = -Math.PI / 2 + gap / 2;
  for (const group of groups) {
    const inside = places.filter((one) => one.group === group);
    middles.set(group, angle + (inside.length * step) / 2);
    inside.forEach(({id}, i) => angles.set(id, angle + (i + 0.5) * step));
    angle += inside.length * step + gap;
  }
  return {angles, middles, step};
}

/** nodes: [{id, colour, size (0 to 1), tip}]; ties: [{first, second (ids), strength (0 to 1), within}]; places: all
 *  that any of the pictures side by side shows, so that each has one place in all; names: group -> name as shown. */
export function network({width, theme, title, description, nodes, ties, places, names}) {
  const size = Math.min(width, 520),
    side = Math.min(92, size * 0.24),
    radius = size / 2 - side,
    text_size = width < 400 ? 10 : 11;
  const height = 2 * radius + 84;
  const [cx, cy] = [width / 2, height / 2];
  const {angles, middles, step} = ring(places);
  const at = (angle, r) => [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  const place = (id) => at(angles.get(id), radius);
  const most = Math.max(1.6, Math.min(6, (radius * step) / 1.5));
  const show = (number) => number.toFixed(1);
  const curve = ({first, second}) => {
    const [[x1, y1], [x2, y2]] = [place(first), place(second)];
    const [mx, my] = [cx + ((x1 + x2) / 2 - cx) * 0.3, cy + ((y1 + y2) / 2 - cy) * 0.3];
    return `M${show(x1)} ${show(y1)}Q${show(mx)} ${show(my)} ${show(x2)} ${show(y2)}`;
  };
  return picture(
    width,
    height,
    {title, description, theme},
    [false, true].map((within) =>
      ties
        .filter((one) => one.within === within)
        .map((one) =>
          element('path', {
            d: curve(one),
            fill: 'none',
            stroke: within ? inside(theme) : theme.muted,
            'stroke-width': 0.5 + 2 * one.strength,
            'stroke-opacity': within ? 0.6 : 0.35,
            'pointer-events': 'none',
          }),
        ),
    ),
    places.map(({id}) => {
      const [x, y] = place(id);
      return element('circle', {cx: x, cy: y, r: 1, fill: theme.strong});
    }),
    nodes.map(({id, colour, size: share, tip}) => {
      const [x, y] = place(id);
      const r = 1.6 + (most - 1.6) * Math.sqrt(share);
      return element('circle', {
        cx: x,
        cy: y,
        r,
        fill: colour,
        stroke: theme.paper,
        'stroke-width': 0.8,
        class: 'node',
        'data-tip': tip,
      });
    }),
    [...middles].map(([group, angle]) => {
      const [x, y] = at(angle, radius + 11);
      const flat = Math.abs(Math.cos(angle));
      const anchor = flat < 0.25 ? 'middle' : Math.cos(angle) > 0 ? 'start' : 'end';
      const room = anchor === 'middle' ? 2 * side : anchor === 'start' ? cx + size / 2 - x : x - (cx - size / 2);
      const rows = wrap(names.get(group), room, text_size, 2);
      const aside = anchor === 'middle' ? 6 * Math.sign(Math.sin(angle)) : 0; // clear of the nodes
      const first = y + aside + 4 + ((Math.sin(angle) - 1) * (rows.length - 1) * 13) / 2;
      return rows.map((row, i) =>
        label(x, first + 13 * i, row, {fill: theme.ink, size: text_size, anchor, weight: 600}),
      );
    }),
  );
}

export const tip = (heading, ...rows) => [`<b>${escape(heading)}</b>`, ...rows.map(escape)].join('<br>');
