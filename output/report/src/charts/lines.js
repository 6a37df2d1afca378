// SPDX-License-Identifier: Apache-2.0
// Trajectories: lines with bands.
import {extent} from 'd3-array';
import {scaleLinear} from 'd3-scale';
import {area, line} from 'd3-shape';
import {element, escape, label, picture, shorten, textWidth, wrap} from '../svg.js';
import {finite, hotspot, spread, valueAxis, yearAxis, yearTicks} from './axes.js';

/** A single sample is no line: a dot with its interval. */
function alone({colour, mean, low, high}, years, x, y) {
  const known = mean.map((_, i) => i).filter((i) => finite(mean[i]));
  if (known.length !== 1) return null;
  const [i] = known,
    cx = x(years[i]);
  return [
    finite(low[i]) && finite(high[i])
      ? element('line', {
          x1: cx,
          x2: cx,
          y1: y(low[i]),
          y2: y(high[i]),
          stroke: colour,
          'stroke-width': 2,
          opacity: 0.6,
        })
      : null,
    element('circle', {cx, cy: y(mean[i]), r: 4, fill: colour}),
  ];
}

/** series: [{name, colour, mean, low, high}], each over `years`. `zero`: the value axis holds 0.
 *  `quantity`: of the values; `heading`: written into the picture (small multiples). */
export function lines({
  width,
  height = 300,
  theme,
  title,
  description,
  years,
  series,
  quantity,
  difference = false,
  zero = false,
  heading,
  named = true,
  language,
}) {
  const values = series.flatMap(({mean, low, high}) => [...mean, ...low, ...high]).filter(finite);
  let [lowest, highest] = extent(values);
  if (lowest === undefined) [lowest, highest] = [0, 1];
  if (zero) [lowest, highest] = [Math.min(0, lowest), Math.max(0, highest)];
  if (lowest === highest) [lowest, highest] = [lowest - 1, highest + 1];
  const magnitude = quantity.magnitude(Math.max(Math.abs(lowest), Math.abs(highest)));
  const headings = heading ? wrap(heading, width - 8, 13, 2) : [];
  const top = heading ? 22 + 17 * headings.length : 26,
    bottom = height - 26;
  const y = scaleLinear([lowest, highest], [bottom, top]).nice(4);
  const ticks = y.ticks(height < 220 ? 3 : 5);
  const stepSize = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  const format = (value) => quantity.plain(value, magnitude, stepSize, difference);
  const left = Math.max(...ticks.map((tick) => textWidth(format(tick), 12))) + 14;
  const names = named ? Math.min(width * 0.26, Math.max(...series.map(({name}) => textWidth(name, 12))) + 12) : 8;
  const right = width - names;
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const x = scaleLinear([first, last], [left + 4, right - 4]);
  const known = (list) => list.map((value, index) => [x(years[index]), value]).filter(([, value]) => finite(value));
  const band = ({low, high}) =>
    area()
      .x((i) => x(years[i]))
      .y0((i) => y(low[i]))
      .y1((i) => y(high[i]))(years.map((_, i) => i).filter((i) => finite(low[i]) && finite(high[i])));
  const path = ({mean}) => line()(known(mean).map(([px, value]) => [px, y(value)]));
  const ends = series
    .filter(({mean}) => finite(mean.at(-1)))
    .map(({name, colour, mean}) => ({name, colour, y: y(mean.at(-1))}));
  const column = x(years[1] ?? last) - x(years[0]) || 20;
  const tip = (i) =>
    `<b>${Math.floor(years[i])}</b>` +
    series
      .map(({name, colour, mean, low, high}) => {
        if (!finite(mean[i])) return '';
        const shown = difference
          ? quantity.difference({mean: mean[i], low: low[i], high: high[i]})
          : {mean: format(mean[i]), low: format(low[i]), high: format(high[i])};
        return `<br><i style="background:${colour}"></i>${escape(name)}: ${shown.mean} <span>(${shown.low} … ${shown.high})</span>`;
      })
      .join('');
  const unit = quantity.axis(magnitude, difference);
  return picture(
    width,
    height,
    {title, description, theme},
    headings.map((text, i) => label(0, 14 + 17 * i, text, {fill: theme.ink, size: 13, weight: 600})),
    unit ? label(0, top - 10, shorten(unit, width, 11), {fill: theme.muted, size: 11}) : null,
    valueAxis(y, ticks, format, {left, right, theme}),
    yearAxis(x, yearTicks(x, first, last), height - 6, {theme}),
    series.map((one) => element('path', {d: band(one), fill: one.colour, opacity: 0.16, class: 'band'})),
    series.map((one) =>
      element('path', {
        d: path(one),
        fill: 'none',
        stroke: one.colour,
        'stroke-width': one.colour === theme.baseline ? 1.75 : 2.25,
        'stroke-dasharray': one.colour === theme.baseline ? '5 4' : null,
        'stroke-linejoin': 'round',
        class: 'line',
      }),
    ),
    series.map((one) => alone(one, years, x, y)),
    named
      ? spread(ends, 15, top, bottom).map((one) =>
          label(right + 4, one.y + 4, shorten(one.name, names - 6, 12), {fill: one.colour, size: 12, weight: 600}),
        )
      : null,
    years.map((_, i) => hotspot({x: x(years[i]) - column / 2, y: top, width: column, height: bottom - top}, tip(i))),
  );
}
