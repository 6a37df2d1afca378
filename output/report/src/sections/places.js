// SPDX-License-Identifier: Apache-2.0
// Differences by province (with a map), sector, theme and whatever else a figure is split by.
import {dots} from '../charts/dots.js';
import {map, provinces} from '../charts/map.js';
import {escape} from '../svg.js';
import {policyColour} from '../theme.js';
import {choice, indicatorGroups, named} from './parts.js';

const order = ['region', 'sector', 'theme'];

/** Values of one policy by label at a moment, with a common magnitude. */
function values(model, indicator, axis, policy, moment) {
  return Object.entries(indicator.groups[axis]).map(([id, policies]) => {
    const at = policies[policy]?.[moment];
    const words = indicator.quantity.difference(at ?? {});
    return {id, name: model.label(axis, id), ...at, words, tip: `${words.full} (${words.low} … ${words.high})`};
  });
}

const sure = ({low, high}) => low > 0 || high < 0;

function scaleOf(indicator, list) {
  const magnitude = indicator.quantity.magnitude(
    Math.max(...list.flatMap(({mean, low, high}) => [mean, low, high]).map((v) => Math.abs(v ?? 0))),
  );
  return {
    magnitude,
    unit: indicator.quantity.axis(magnitude, true),
    format: (value, size) => indicator.quantity.plain(value, magnitude, size, true),
  };
}

function mapFigure(model, indicator, {index, title}, moment) {
  const list = values(model, indicator, 'region', index, moment);
  if (!list.some(({id}) => provinces.has(id))) return null;
  const largest = Math.max(...list.map(({mean}) => Math.abs(mean ?? 0)));
  const magnitude = indicator.quantity.magnitude(largest);
  const format = (value) =>
    indicator.quantity.plain(value, magnitude, 10 ** (Math.floor(Math.log10(largest || 1)) - 1), true);
  const unit = indicator.quantity.axis(magnitude, true);
  const shown = Object.fromEntries(list.map((one) => [one.id, {...one, shown: format(one.mean)}]));
  return {
    id: `map-${index}`,
    policy: index,
    title: model.text('map_title'),
    note: model.text('map_note', {title: escape(named(model, indicator)), unit}) + ' ' + model.text('map_credit'),
    draw: ({width, theme}) =>
      map({
        width,
        theme,
        title: `${model.text('map_title')}: ${model.title(indicator)}, ${title}`,
        values: shown,
        unit: {format, words: unit},
        id: `${index}`,
      }),
    table: table(model, 'region', list),
  };
}

function table(model, axis, list) {
  return {
    head: [model.text(`axis_${axis}`), model.text('difference'), model.text('interval'), model.text('unit')],
    rows: list.map(({name, words}) => [
      name,
      words.mean,
      model.text('interval_short', words),
      [words.prefix, words.unit].filter(Boolean).join(' '),
    ]),
  };
}

function barsFigure(model, indicator, axis, {index, title}, moment) {
  const list = values(model, indicator, axis, index, moment);
  if (axis !== 'theme') list.sort((a, b) => (b.mean ?? 0) - (a.mean ?? 0));
  const {unit, format} = scaleOf(indicator, list);
  const name = model.textOr(`axis_${axis}`, axis);
  return {
    id: `${axis}-${index}`,
    policy: index,
    title: model.text('bars_title', {axis: name}),
    note: model.text('bars_note', {title: escape(named(model, indicator)), unit}),
    draw: ({width, theme}) =>
      dots({
        width,
        theme,
        title: `${model.text('bars_title', {axis: name})}: ${model.title(indicator)}, ${title}`,
        format,
        unit,
        rows: list.map((one) => ({
          name: one.name,
          marks: [
            {
              colour: policyColour(theme, index),
              mean: one.mean,
              low: one.low,
              high: one.high,
              filled: sure(one),
              tip: one.tip,
            },
          ],
        })),
      }),
    table: table(model, axis, list),
  };
}

export function places(model, state) {
  const split = (indicator) => Object.keys(indicator.groups).length > 0;
  if (!model.policies.length || !model.indicators.some(split)) return null;
  const preferred = [model.find(state.places), model.find('business_rd'), ...model.indicators].find(
    (one) => one && split(one),
  );
  const moment = Math.min(state.placesMoment ?? 0, model.moments.length - 1);
  const axes = Object.keys(preferred.groups).sort(
    (a, b) => ((order.indexOf(a) + 9) % 9) - ((order.indexOf(b) + 9) % 9),
  );
  const moments = model.moments.map((one, i) => [String(i), model.momentName(one)]);
  const controls =
    choice('places', model.text('indicator'), indicatorGroups(model, split), preferred.id) +
    choice('placesMoment', model.text('moment'), [[null, moments]], String(moment));
  const blocks = model.policies.map((policy) => {
    const figures = axes
      .flatMap((axis) => [
        axis === 'region' ? mapFigure(model, preferred, policy, moment) : null,
        barsFigure(model, preferred, axis, policy, moment),
      ])
      .filter(Boolean);
    return {figures, columns: 2, policy: policy.index};
  });
  return {
    id: 'places',
    title: model.text('places'),
    intro: model.text('places_intro'),
    by_policy: true,
    blocks: [{html: `<div class="choices">${controls}</div>`}, ...blocks],
  };
}
