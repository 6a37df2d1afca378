// SPDX-License-Identifier: Apache-2.0
// Parts that charts share.
import {element, label} from '../svg.js';

/** Whole years at most as dense as `room` pixels each allow. */
export function yearTicks(scale, first, last, room = 56) {
  const span = Math.abs(scale(last) - scale(first)) || 1;
  const each = [1, 2, 5, 10, 20].find((years) => (span / (last - first || 1)) * years >= room) ?? 20;
  const ticks = [];
  for (let year = Math.ceil(first); year <= last; ++year) if ((Math.floor(last) - year) % each === 0) ticks.push(year);
  return ticks;
}

/** Rules and numbers of a vertical axis on the left. */
export function valueAxis(scale, ticks, format, {left, right, theme, size = 12}) {
  return ticks.map((tick) => [
    element('line', {
      x1: left,
      x2: right,
      y1: scale(tick),
      y2: scale(tick),
      stroke: tick === 0 ? theme.strong : theme.rule,
    }),
    label(left - 8, scale(tick) + size * 0.35, format(tick), {fill: theme.muted, anchor: 'end', size}),
  ]);
}

export function yearAxis(scale, ticks, y, {theme, size = 12}) {
  return ticks.map((year) => label(scale(year), y, String(year), {fill: theme.muted, anchor: 'middle', size}));
}

/** Invisible columns or rows that tell their numbers to a pointer. */
export function hotspot(attributes, tip) {
  return element('rect', {...attributes, fill: 'transparent', class: 'hot', 'data-tip': tip});
}

/** Shifts labels apart: [{y, ...}] to the same with `y` at least `gap` from each other, within [low, high]. */
export function spread(labels, gap, low, high) {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  for (let i = 1; i < sorted.length; ++i) sorted[i].y = Math.max(sorted[i].y, sorted[i - 1].y + gap);
  const over = sorted.length ? sorted.at(-1).y - high : 0;
  if (over > 0)
    for (let i = sorted.length - 1; i >= 0; --i)
      sorted[i].y = Math.min(sorted[i].y, (sorted[i + 1]?.y ?? high + gap) - gap);
  for (const one of sorted) one.y = Math.max(low, one.y);
  return sorted;
}

export const finite = (value) => value !== null && value !== undefined && Number.isFinite(value);
