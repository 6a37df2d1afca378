// SPDX-License-Identifier: Apache-2.0
// The network and the venture funnel, as far as the result holds figures of them.
import {funnel} from '../charts/bars.js';
import {escape} from '../svg.js';
import {policyColour} from '../theme.js';
import {levelFigure, named} from './parts.js';
import {networkPictures} from './ties.js';

const network_figures = [
  'degree_of_organisation',
  'collaboration_relations',
  'participating_firms',
  'participating_institutes',
  'copublications',
  'public_private_copublications',
];
const network_words = /density|degree|clustering|component|betweenness|centrali|network|ties/;
const funnel_steps = [
  'spin_offs',
  'startups',
  'venture_rounds',
  'seed_rounds',
  'series_a_rounds',
  'series_b_rounds',
  'scale_ups',
  'exits',
];
const venture_figures = ['venture_capital', 'foreign_venture_capital', 'finance_gap'];
const funnel_words = /_rounds$|^exits$/;

export function network(model) {
  const list = model.indicators.filter(({id}) => network_figures.includes(id) || network_words.test(id));
  const pictures = networkPictures(model);
  if (!list.length && !pictures) return null;
  const ends = [0, model.years.length - 1];
  const last = model.years.length - 1;
  const rows = list
    .map(
      (one) =>
        `<tr><th scope="row">${escape(named(model, one))}</th><td class="number">${one.quantity.level(one.levels[0].mean[0])}</td>${one.levels
          .map(({mean}) => `<td class="number">${one.quantity.level(mean[last])}</td>`)
          .join('')}</tr>`,
    )
    .join('');
  const [from, to] = ends.map((i) => Math.floor(model.years[i]));
  const head = [
    model.text('indicator'),
    `${from}`,
    ...[model.text('baseline_short'), ...model.policies.map(({title}) => title)].map(
      (name) => `${to}<br>${escape(name)}`,
    ),
  ];
  return {
    id: 'network',
    title: model.text('network'),
    intro: model.text('network_intro'),
    blocks: [
      ...(pictures ? [pictures] : []),
      ...(list.length
        ? [
          {
            figures: list
              .slice(0, 9)
              .map((one) => levelFigure(model, one, {id: `network-${one.id}`, heading: true, height: 190})),
            columns: 3,
            legend: true,
          },
          {
            html: `<h3>${model.text('network_table')}</h3><div class="scroll" tabindex="0" role="region" aria-label="${model.text('network_table')}"><table><thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>${rows}</tbody></table></div>`,
          },
          ]
        : []),
    ],
  };
}

function funnelFigure(model) {
  const steps = [
    ...funnel_steps.map((id) => model.find(id)).filter(Boolean),
    ...model.indicators.filter(({id}) => funnel_words.test(id) && !funnel_steps.includes(id)),
  ];
  if (steps.length < 2) return null;
  const years = model.moments[0] ?? {from: Math.floor(model.years[0]), to: Math.floor(model.years.at(-1))};
  const level = (indicator, arm) => {
    if (arm > 0) return indicator.moments[arm - 1][0].policy;
    if (model.policies.length) return indicator.moments[0][0].baseline;
    const known = indicator.levels[0].mean.filter((value) => value !== null);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const bars = (indicator, theme) =>
    [
      {name: model.text('baseline_short'), colour: theme.baseline, arm: 0},
      ...model.policies.map(({index, title}) => ({name: title, colour: policyColour(theme, index), arm: index + 1})),
    ].map((one) => ({
      ...one,
      value: level(indicator, one.arm),
      shown: indicator.quantity.level(level(indicator, one.arm)),
    }));
  return {
    id: 'funnel',
    title: model.text('funnel_title'),
    note: model.text('funnel_note', years),
    draw: ({width, theme}) =>
      funnel({
        width,
        theme,
        title: model.text('funnel_title'),
        rows: steps.map((one) => ({name: named(model, one), unit: one.unit, bars: bars(one, theme)})),
      }),
    table: {
      head: [model.text('indicator'), model.text('baseline_short'), ...model.policies.map(({title}) => title)],
      rows: steps.map((one) => [named(model, one), ...bars(one, {policies: ['']}).map(({shown}) => shown)]),
    },
  };
}

export function venture(model) {
  const money = venture_figures.map((id) => model.find(id)).filter(Boolean);
  const figure = funnelFigure(model);
  if (!figure && !money.length) return null;
  return {
    id: 'venture',
    title: model.text('venture'),
    intro: model.text('venture_intro'),
    blocks: [
      ...(figure ? [{figures: [figure], legend: true}] : []),
      ...(money.length
        ? [
            {
              figures: money.map((one) =>
                levelFigure(model, one, {id: `venture-${one.id}`, heading: true, height: 190}),
              ),
              columns: 3,
              legend: !figure,
            },
          ]
        : []),
    ],
  };
}
