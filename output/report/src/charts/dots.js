// SPDX-License-Identifier: Apache-2.0
// Values with intervals, one row each.
import {extent} from 'd3-array';
import {scaleLinear} from 'd3-scale';
import {element, escape, label, picture, shorten, textWidth, wrap} from '../svg.js';
import {finite, hotspot} from './axes.js';

/** rows: [{name, heading?, marks: [{name, colour, mean, low, high, filled, tip}]}]; a row with `heading` only is a heading.
 *  `format(value)`: ticks; `lines`: values at which a rule stands (0 when none is given). */
export function dots({width, theme, title, description, rows, format, unit, rules = [0], names = 0.4}) {
  const marks = rows.flatMap((row) => row.marks ?? []);
  let [lowest, highest] = extent([...marks.flatMap(({mean, low, high}) => [mean, low, high]).filter(finite), ...rules]);
  if (lowest === undefined) [lowest, highest] = [0, 1];
  if (lowest === highest) [lowest, highest] = [lowest - 1, highest + 1];
  const narrow = width < 400,
    size = width < 620 ? 12 : 13;
  const room = narrow ? 0 : Math.min(width * names, Math.max(...rows.map(({name = ''}) => textWidth(name, size))) + 20);
  const written = (row) => wrap(row.name, room - 6, size, 2);
  const each = (row) =>
    row.heading
      ? 30
      : Math.max(24, 13 * row.marks.length + 8, narrow ? 0 : 14 * written(row).length + 6) + (narrow ? 18 : 0);
  const top = unit ? 44 : 30,
    height = top + rows.reduce((sum, row) => sum + each(row), 0) + 10;
  const x = scaleLinear([lowest, highest], [room + 10, width - 14]).nice(5);
  const ticks = x.ticks(width < 480 ? 4 : 6);
  let place = top;
  const drawn = rows.map((row) => {
    const y = place;
    place += each(row);
    if (row.heading)
      return label(0, y + 20, row.heading, {
        fill: theme.muted,
        size: 12,
        weight: 600,
        extra: {'letter-spacing': '0.02em'},
      });
    const space = each(row) - (narrow ? 18 : 0),
      from = y + (narrow ? 18 : 0);
    const names_shown = narrow
      ? label(0, y + 13, shorten(row.name, width - 4, 13), {fill: theme.ink, size: 13})
      : written(row).map((text, i, all) =>
          label(room, y + space / 2 + 4.5 + 14 * (i - (all.length - 1) / 2), text, {
            fill: theme.ink,
            size,
            anchor: 'end',
          }),
        );
    return [
      names_shown,
      row.marks.map((mark, i) => {
        const my = from + space / 2 + (i - (row.marks.length - 1) / 2) * 13;
        if (!finite(mark.mean)) return null;
        return [
          finite(mark.low) && finite(mark.high)
            ? element('line', {
                x1: x(mark.low),
                x2: x(mark.high),
                y1: my,
                y2: my,
                stroke: mark.colour,
                'stroke-width': 2,
                opacity: mark.filled ? 0.75 : 0.45,
                'stroke-linecap': 'round',
              })
            : null,
          element('circle', {
            cx: x(mark.mean),
            cy: my,
            r: 4.5,
            fill: mark.filled ? mark.colour : theme.paper,
            stroke: mark.colour,
            'stroke-width': 1.75,
            class: 'dot',
          }),
        ];
      }),
      hotspot(
        {x: 0, y, width, height: each(row)},
        `<b>${escape(row.name)}</b>` +
          row.marks
            .map(
              (mark) =>
                `<br><i style="background:${mark.colour}"></i>${mark.name ? `${escape(mark.name)}: ` : ''}${mark.tip ?? ''}`,
            )
            .join(''),
      ),
    ];
  });
  return picture(
    width,
    height,
    {title, description, theme},
    unit ? label(width - 14, 11, unit, {fill: theme.muted, size: 11, anchor: 'end'}) : null,
    ticks.map((tick) => [
      element('line', {x1: x(tick), x2: x(tick), y1: top - 4, y2: height - 8, stroke: theme.rule}),
      label(x(tick), top - 10, format(tick, Math.abs(ticks[1] - ticks[0])), {
        fill: theme.muted,
        anchor: 'middle',
        size: 11,
      }),
    ]),
    rules.map((rule) =>
      element('line', {
        x1: x(rule),
        x2: x(rule),
        y1: top - 4,
        y2: height - 8,
        stroke: theme.strong,
        'stroke-dasharray': rule === 0 ? null : '4 3',
      }),
    ),
    drawn,
  );
}
