// SPDX-License-Identifier: Apache-2.0
// Bars: amounts by year, the steps of the funnel, a tornado, shares.
import {max, min} from 'd3-array';
import {scaleBand, scaleLinear} from 'd3-scale';
import {element, escape, label, picture, shorten, textWidth} from '../svg.js';
import {hotspot, valueAxis} from './axes.js';

/** Stacked by year. series: [{name, colour, values}] over `years`; negative parts hang below zero. */
export function stackedYears({width, height = 240, theme, title, description, years, series, format, unit, tipFormat}) {
  const sums = years.map((_, i) => ({
    up: series.reduce((sum, {values}) => sum + Math.max(0, values[i] ?? 0), 0),
    down: series.reduce((sum, {values}) => sum + Math.min(0, values[i] ?? 0), 0),
  }));
  const top = 30,
    bottom = height - 26;
  const highest = scaleLinear()
    .domain([0, max(sums, ({up}) => up) || 1])
    .nice(4)
    .domain()[1];
  const y = scaleLinear(
    [
      Math.min(
        0,
        min(sums, ({down}) => down),
      ),
      highest,
    ],
    [bottom, top],
  );
  const ticks = y.ticks(4);
  const tickText = (tick) => format(tick, Math.abs(ticks[1] - ticks[0]));
  const left = Math.max(...ticks.map((tick) => textWidth(tickText(tick), 12))) + 14;
  const x = scaleBand(years, [left + 4, width - 6]).padding(0.28);
  const thin = x.step() < 40 ? 2 : 1;
  return picture(
    width,
    height,
    {title, description, theme},
    label(0, 12, unit, {fill: theme.muted, size: 11}),
    valueAxis(y, ticks, tickText, {left, right: width - 4, theme}),
    years.map((year, i) => {
      let up = 0,
        down = 0;
      return [
        series.map(({colour, values}) => {
          const value = values[i] ?? 0;
          const from = value >= 0 ? up : down;
          if (value >= 0) up += value;
          else down += value;
          const [a, b] = [y(from), y(from + value)];
          return Math.abs(a - b) < 0.3
            ? null
            : element('rect', {
                x: x(year),
                width: x.bandwidth(),
                y: Math.min(a, b),
                height: Math.max(0, Math.abs(a - b) - 0.75),
                fill: colour,
                class: 'bar',
              });
        }),
        (years.length - 1 - i) % thin === 0
          ? label(x(year) + x.bandwidth() / 2, height - 6, String(year), {fill: theme.muted, anchor: 'middle'})
          : null,
        hotspot(
          {x: x(year) - x.step() * 0.14, y: top, width: x.step(), height: bottom - top},
          `<b>${year}</b>` +
            series
              .map(
                ({name, colour, values}) =>
                  `<br><i style="background:${colour}"></i>${escape(name)}: ${tipFormat(values[i] ?? 0)}`,
              )
              .join(''),
        ),
      ];
    }),
  );
}

/** Steps of a funnel: rows [{name, unit, bars: [{name, colour, value, shown}]}]; rows of one unit share a scale. */
export function funnel({width, theme, title, description, rows}) {
  const narrow = width < 560,
    names = narrow ? 0 : Math.min(250, width * 0.34),
    numbers = 110;
  const each = (row) => 20 * row.bars.length + (narrow ? 40 : 26);
  const height = rows.reduce((sum, row) => sum + each(row), 8);
  let place = 4;
  return picture(
    width,
    height,
    {title, description, theme},
    rows.map((row) => {
      const y = place + (narrow ? 22 : 4);
      place += each(row);
      const largest =
        Math.max(
          ...rows.filter(({unit}) => unit === row.unit).flatMap(({bars}) => bars.map(({value}) => value ?? 0)),
        ) || 1;
      const x = scaleLinear([0, largest], [0, width - names - numbers - 8]);
      return [
        narrow
          ? label(0, y - 7, shorten(row.name, width, 13), {fill: theme.ink, size: 13, weight: 600})
          : label(names - 14, y + 10 * row.bars.length + 3, shorten(row.name, names - 14, 13), {
              fill: theme.ink,
              size: 13,
              anchor: 'end',
              weight: 600,
            }),
        row.bars.map(({colour, value, shown}, i) => [
          element('rect', {
            x: names,
            y: y + 20 * i + 2,
            width: Math.max(1, x(value ?? 0)),
            height: 15,
            rx: 2,
            fill: colour,
            class: 'bar',
          }),
          label(names + x(value ?? 0) + 8, y + 20 * i + 14, shown, {fill: theme.ink, size: 12}),
        ]),
        hotspot(
          {x: 0, y: y - 4, width, height: each(row)},
          `<b>${escape(row.name)}</b>` +
            row.bars
              .map(({name, colour, shown}) => `<br><i style="background:${colour}"></i>${escape(name)}: ${shown}`)
              .join(''),
        ),
      ];
    }),
  );
}

/** rows: [{name, low, high, from, to}]: outcomes at a parameter's low and high value, around `centre`. */
export function tornado({width, theme, title, description, rows, centre, format, unit}) {
  const narrow = width < 520,
    names = narrow ? 0 : Math.min(width * 0.36, 16 + Math.max(...rows.map(({name}) => textWidth(name, 13))));
  const each = narrow ? 44 : 30,
    top = unit ? 44 : 30,
    height = top + each * rows.length + 10;
  const values = rows.flatMap(({low, high}) => [low, high]).concat(centre);
  const x = scaleLinear([min(values), max(values)], [names + 10, width - 16]).nice(5);
  const ticks = x.ticks(narrow ? 4 : 6);
  return picture(
    width,
    height,
    {title, description, theme},
    unit ? label(width - 16, 11, unit, {fill: theme.muted, size: 11, anchor: 'end'}) : null,
    ticks.map((tick) => [
      element('line', {
        x1: x(tick),
        x2: x(tick),
        y1: top - 4,
        y2: height - 8,
        stroke: tick === 0 ? theme.strong : theme.rule,
      }),
      label(x(tick), top - 10, format(tick, Math.abs(ticks[1] - ticks[0])), {
        fill: theme.muted,
        size: 11,
        anchor: 'middle',
      }),
    ]),
    rows.map(({name, low, high, tip}, i) => {
      const y = top + each * i + (narrow ? 18 : 0);
      const bar = (value, opacity) =>
        element('rect', {
          x: Math.min(x(value), x(centre)),
          width: Math.max(1, Math.abs(x(value) - x(centre))),
          y: y + 5,
          height: 16,
          fill: theme.policies[0],
          'fill-opacity': opacity,
          class: 'bar',
        });
      return [
        narrow
          ? label(0, y - 2, shorten(name, width, 13), {fill: theme.ink, size: 13})
          : label(names, y + 17, shorten(name, names - 6, 13), {fill: theme.ink, size: 13, anchor: 'end'}),
        bar(low, 0.4),
        bar(high, 0.95),
        hotspot({x: 0, y, width, height: each}, `<b>${escape(name)}</b><br>${tip}`),
      ];
    }),
    element('line', {x1: x(centre), x2: x(centre), y1: top - 4, y2: height - 8, stroke: theme.ink}),
  );
}

/** One bar of shares a row: rows [{name, parts: [{name, share, colour}]}]. */
export function shares({width, theme, title, description, rows, percent}) {
  const each = 50,
    height = rows.length * each + 6;
  return picture(
    width,
    height,
    {title, description, theme},
    rows.map(({name, parts}, i) => {
      const total = parts.reduce((sum, {share}) => sum + Math.max(0, share ?? 0), 0) || 1;
      let from = 0;
      return [
        label(0, each * i + 16, shorten(name, width, 13), {fill: theme.ink, size: 13}),
        parts.map((part) => {
          const size = (Math.max(0, part.share ?? 0) / total) * width,
            x = from;
          from += size;
          return size < 0.5
            ? null
            : [
                element('rect', {
                  x,
                  y: each * i + 23,
                  width: Math.max(0.5, size - 1),
                  height: 20,
                  fill: part.colour,
                  class: 'bar',
                  'data-tip': `<b>${escape(part.name)}</b><br>${percent(part.share)}`,
                }),
                size > 44
                  ? label(x + 7, each * i + 37, percent(part.share), {fill: theme.paper, size: 12, weight: 600})
                  : null,
              ];
        }),
      ];
    }),
  );
}
