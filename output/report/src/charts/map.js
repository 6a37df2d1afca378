// SPDX-License-Identifier: Apache-2.0
// The twelve provinces, coloured by a difference.
import netherlands from '@svg-maps/netherlands';
import {scaleLinear} from 'd3-scale';
import {element, escape, label, picture} from '../svg.js';
import {finite} from './axes.js';

const shapes = netherlands.locations.map(({name, path}) => ({name, path, centre: centre(path)}));
export const provinces = new Set(shapes.map(({name}) => name));
const [, , mapWidth, mapHeight] = netherlands.viewBox.split(' ').map(Number);

/** Corners of the pieces of a path, which is made of relative lines only: `m x,y dx,dy ... z m ...`. */
function pieces(path) {
  const list = [];
  let x = 0,
    y = 0;
  for (const token of path.trim().split(/\s+/)) {
    if (token === 'm') list.push([]);
    else if (token === 'z') [x, y] = list.at(-1)[0];
    else {
      const [dx, dy] = token.split(',').map(Number);
      [x, y] = [x + dx, y + dy];
      list.at(-1).push([x, y]);
    }
  }
  return list;
}

/** Centre of gravity of the largest piece. */
function centre(path) {
  let best = {area: 0, x: 0, y: 0};
  for (const corners of pieces(path)) {
    let area = 0,
      cx = 0,
      cy = 0;
    corners.forEach(([x1, y1], i) => {
      const [x2, y2] = corners[(i + 1) % corners.length];
      const cross = x1 * y2 - x2 * y1;
      area += cross;
      cx += (x1 + x2) * cross;
      cy += (y1 + y2) * cross;
    });
    if (Math.abs(area) > Math.abs(best.area)) best = {area, x: cx / (3 * area), y: cy / (3 * area)};
  }
  return best;
}

/** values: {province: {mean, low, high, name, tip, shown}}. */
export function map({width, theme, title, description, values, unit, id}) {
  const size = Math.min(width, 430),
    scale = size / mapWidth,
    legend = 46;
  const height = mapHeight * scale + legend;
  const largest = Math.max(...Object.values(values).map(({mean}) => Math.abs(mean ?? 0))) || 1;
  const hatch = `hatch-${id}`;
  const share = (mean) => Math.round(100 * Math.min(1, Math.abs(mean) / largest));
  const colour = (mean) => `color-mix(in srgb, ${mean < 0 ? theme.low : theme.high} ${share(mean)}%, ${theme.middle})`;
  const fill = theme.background ? mixed(theme) : (mean) => colour(mean);
  const left = (width - size) / 2;
  return picture(
    width,
    height,
    {title, description, theme},
    element(
      'defs',
      {},
      element(
        'pattern',
        {id: hatch, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'},
        element('line', {x1: 0, x2: 0, y1: 0, y2: 7, stroke: theme.paper, 'stroke-width': 3.2, 'stroke-opacity': 0.75}),
      ),
    ),
    element(
      'g',
      {transform: `translate(${left} 4) scale(${scale.toFixed(4)})`},
      shapes.map(({name, path}) => {
        const value = values[name];
        const known = value && finite(value.mean);
        const unsure = known && !(value.low > 0 || value.high < 0);
        const tip = value ? `<b>${escape(value.name)}</b><br>${value.tip}` : null;
        return [
          element('path', {
            d: path,
            fill: known ? fill(value.mean, largest) : theme.quiet,
            stroke: theme.paper,
            'stroke-width': 1.5 / scale,
            'stroke-linejoin': 'round',
            class: 'province',
            'data-tip': tip,
          }),
          unsure ? element('path', {d: path, fill: `url(#${hatch})`, 'pointer-events': 'none'}) : null,
        ];
      }),
    ),
    element(
      'g',
      {'pointer-events': 'none'},
      shapes.map(({name, centre: {x, y}}) => {
        const value = values[name];
        if (!value || !finite(value.mean)) return null;
        return label(left + x * scale, 4 + y * scale + 4, value.shown, {
          fill: theme.ink,
          size: 11.5,
          anchor: 'middle',
          weight: 600,
          extra: {
            'paint-order': 'stroke',
            stroke: theme.paper,
            'stroke-width': 3.5,
            'stroke-opacity': 0.9,
            'stroke-linejoin': 'round',
          },
        });
      }),
    ),
    legendBar(width, height - 34, theme, fill, largest, unit),
  );
}

function legendBar(width, y, theme, fill, largest, {format, words}) {
  const bar = 200,
    left = (width - bar) / 2,
    cells = 20;
  return [
    Array.from({length: cells}, (_, i) =>
      element('rect', {
        x: left + (i * bar) / cells,
        y,
        width: bar / cells + 0.5,
        height: 8,
        fill: fill(largest * ((2 * i + 1) / cells - 1), largest),
      }),
    ),
    label(left, y + 22, format(-largest), {fill: theme.muted, size: 11, anchor: 'middle'}),
    label(width / 2, y + 22, `0  ${words}`.trim(), {fill: theme.muted, size: 11, anchor: 'middle'}),
    label(left + bar, y + 22, format(largest), {fill: theme.muted, size: 11, anchor: 'middle'}),
  ];
}

/** Colours as numbers, for saved files: not every program knows color-mix. */
function mixed(theme) {
  const ends = scaleLinear([-1, 0, 1], [theme.low, theme.middle, theme.high]).clamp(true);
  return (mean, largest) => ends(mean / largest);
}
