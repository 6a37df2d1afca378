// SPDX-License-Identifier: Apache-2.0
// Pieces that sections share.
import {lines} from '../charts/lines.js';
import {policyColour} from '../theme.js';
import {escape} from '../svg.js';

/** The mark of a figure that is not counted directly; nothing for direct ones. */
export function classBadge(model, indicator) {
  if (!indicator.class || indicator.class === 'direct') return '';
  const name = model.textOr(`class_${indicator.class}`, indicator.class);
  return ` <span class="badge" title="${escape(model.textOr(`class_${indicator.class}_long`, ''))}">${name}</span>`;
}

/** Title and class in plain text, for charts and lists. */
export function named(model, indicator) {
  const mark =
    indicator.class && indicator.class !== 'direct'
      ? ` (${model.textOr(`class_${indicator.class}`, indicator.class)})`
      : '';
  return model.title(indicator) + mark;
}

/** A labelled list of choices. groups: [[heading or null, [[value, name]]]]. */
export function choice(name, caption, groups, chosen) {
  const options = groups
    .map(([heading, list]) => {
      const inside = list
        .map(
          ([value, text]) =>
            `<option value="${escape(value)}"${value === chosen ? ' selected' : ''}>${escape(text)}</option>`,
        )
        .join('');
      return heading ? `<optgroup label="${escape(heading)}">${inside}</optgroup>` : inside;
    })
    .join('');
  return `<label class="choice"><span>${caption}</span><select name="${name}">${options}</select></label>`;
}

/** The indicators by category, for `choice`. */
export function indicatorGroups(model, keep = () => true) {
  return model
    .categories()
    .map(([category, list]) => [
      model.text(`category_${category}`),
      list.filter(keep).map((indicator) => [indicator.id, named(model, indicator)]),
    ])
    .filter(([, list]) => list.length > 0);
}

const arms = (model, theme) => [
  {name: model.text(model.policies.length ? 'baseline_short' : 'baseline_short'), colour: theme.baseline, arm: 0},
  ...model.policies.map(({index, title}) => ({name: title, colour: policyColour(theme, index), arm: index + 1})),
];

/** Levels of all arms with the spread of the runs. */
export function levelFigure(model, indicator, {id = `level-${indicator.id}`, heading = false, height} = {}) {
  const series = (theme) => arms(model, theme).map(({name, colour, arm}) => ({name, colour, ...indicator.levels[arm]}));
  return {
    id,
    title: named(model, indicator),
    note: model.text('level_note'),
    small: heading,
    draw: ({width, theme}) =>
      lines({
        width,
        height,
        theme,
        title: model.title(indicator),
        description: model.definition(indicator).text,
        years: model.years,
        series: series(theme),
        quantity: indicator.quantity,
        named: false,
        heading: heading ? named(model, indicator) : null,
      }),
    table: {
      head: [model.text('year'), ...arms(model, {policies: ['']}).map(({name}) => name)],
      rows: model.years.map((year, i) => [
        String(Math.floor(year)),
        ...indicator.levels.map(({mean, low, high}) => indicator.quantity.level(mean[i], low[i], high[i])),
      ]),
    },
  };
}

/** Differences of all policies with the baseline, with their intervals. */
export function differenceFigure(
  model,
  indicator,
  {id = `difference-${indicator.id}`, heading = false, height, title} = {},
) {
  const series = (theme) =>
    model.policies.map(({index, title: name}) => ({
      name,
      colour: policyColour(theme, index),
      ...indicator.effects[index],
    }));
  return {
    id,
    title: title ?? named(model, indicator),
    note: model.text('difference_note'),
    small: heading,
    draw: ({width, theme}) =>
      lines({
        width,
        height,
        theme,
        title: `${model.text('difference_title')}: ${model.title(indicator)}`,
        description: model.definition(indicator).text,
        years: model.years,
        series: series(theme),
        quantity: indicator.quantity,
        difference: true,
        zero: true,
        named: false,
        heading: heading ? named(model, indicator) : null,
      }),
    table: {
      head: [model.text('year'), ...model.policies.flatMap(({title: name}) => [name, model.text('interval')])],
      rows: model.years.map((year, i) => [
        String(Math.floor(year)),
        ...model.policies.flatMap(({index}) => {
          const {mean, low, high} = indicator.effects[index];
          const shown = indicator.quantity.difference({mean: mean[i], low: low[i], high: high[i]});
          return [shown.full, model.text('interval_short', shown)];
        }),
      ]),
    },
  };
}
