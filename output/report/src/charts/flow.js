// SPDX-License-Identifier: Apache-2.0
// Payer, instrument, recipient: a flow diagram.
import {sankey, sankeyLinkHorizontal} from 'd3-sankey';
import {element, escape, label, picture, wrap} from '../svg.js';

/** flows: [{payer, instrument, receiver, amount}], names as shown. `money(amount)`: an amount in words. */
export function flow({width, theme, title, description, flows, money, headings}) {
  const narrow = width < 560;
  const nodes = new Map();
  const node = (column, name) => {
    const id = `${column}|${name}`;
    if (!nodes.has(id)) nodes.set(id, {id, name, column});
    return id;
  };
  const links = new Map();
  const connect = (source, target, instrument, value) => {
    const key = `${source}>${target}`;
    if (!links.has(key)) links.set(key, {source, target, instrument, value: 0});
    links.get(key).value += value;
  };
  for (const {payer, instrument, receiver, amount} of flows) {
    connect(node(0, payer), node(1, instrument), instrument, amount);
    connect(node(1, instrument), node(2, receiver), instrument, amount);
  }
  const instruments = [...new Set(flows.map(({instrument}) => instrument))];
  const tint = (instrument) => theme.shades[instruments.indexOf(instrument) % theme.shades.length];
  const most = Math.max(
    ...[0, 1, 2].map((column) => [...nodes.values()].filter((one) => one.column === column).length),
  );
  const height = Math.max(narrow ? 300 : 220, most * (narrow ? 74 : 62) + 40);
  const side = narrow ? 0 : Math.min(150, width * 0.2);
  const graph = sankey()
    .nodeId((one) => one.id)
    .nodeWidth(12)
    .nodePadding(narrow ? 44 : 26)
    .nodeAlign((one) => one.column)
    .nodeSort(null)
    .extent([
      [side + 1, narrow ? 60 : 46],
      [width - side - 13, height - (narrow ? 26 : 12)],
    ])({
    nodes: [...nodes.values()].map((one) => ({...one})),
    links: [...links.values()].map((one) => ({...one})),
  });
  const ribbon = sankeyLinkHorizontal();
  const place = (one) => {
    // where the name of a node stands
    const middle = (one.y0 + one.y1) / 2;
    if (narrow)
      return {
        x: one.column === 2 ? one.x1 : one.column === 1 ? (one.x0 + one.x1) / 2 : one.x0,
        y: one.y0 - 20,
        anchor: ['start', 'middle', 'end'][one.column],
        room: width / 3 - 4,
      };
    if (one.column === 0) return {x: one.x0 - 8, y: middle - 4, anchor: 'end', room: side - 10};
    if (one.column === 2) return {x: one.x1 + 8, y: middle - 4, anchor: 'start', room: side - 10};
    return {x: one.x1 + 8, y: middle - 4, anchor: 'start', room: width / 2 - side - 40};
  };
  return picture(
    width,
    height,
    {title, description, theme},
    headings.map((text, column) =>
      label([0, width / 2, width][column], 12, text, {
        fill: theme.muted,
        size: 11,
        anchor: ['start', 'middle', 'end'][column],
        weight: 600,
      }),
    ),
    graph.links.map((link) =>
      element('path', {
        d: ribbon(link),
        fill: 'none',
        stroke: tint(link.instrument),
        'stroke-width': Math.max(1, link.width),
        'stroke-opacity': 0.34,
        class: 'ribbon',
        'data-tip': `<b>${escape(link.source.name)} → ${escape(link.target.name)}</b><br>${escape(money(link.value))}`,
      }),
    ),
    graph.nodes.map((one) => {
      const {x, y, anchor, room} = place(one);
      const names = wrap(one.name, room, 12, narrow ? 1 : 2);
      const first = narrow ? y : y - 7 * (names.length - 1);
      return [
        element('rect', {
          x: one.x0,
          y: one.y0,
          width: one.x1 - one.x0,
          height: Math.max(1, one.y1 - one.y0),
          rx: 1.5,
          fill: one.column === 1 ? tint(one.name) : theme.ink,
          class: 'node',
        }),
        names.map((text, i) =>
          label(x, first + 14 * i, text, {fill: theme.ink, size: 12, anchor, weight: 600, extra: halo(theme)}),
        ),
        label(x, first + 14 * names.length, money(one.value), {
          fill: theme.muted,
          size: 11.5,
          anchor,
          extra: halo(theme),
        }),
      ];
    }),
  );
}

/** A rim in the paper's colour, so that a name can be read over a ribbon. */
const halo = (theme) => ({'paint-order': 'stroke', stroke: theme.paper, 'stroke-width': 3, 'stroke-linejoin': 'round'});
