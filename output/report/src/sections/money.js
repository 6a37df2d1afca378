// SPDX-License-Identifier: Apache-2.0
// Where the money went: flows, years, what each euro added, all instruments.
import {shares, stackedYears} from '../charts/bars.js';
import {dots} from '../charts/dots.js';
import {flow} from '../charts/flow.js';
import {escape} from '../svg.js';
import {policyColour} from '../theme.js';
import {Quantity, plainNumber} from '../units.js';
import {perEuro} from './headline.js';

/** Flows thinner than this share of all are left out of the diagram, not of the table. */
const thinnest = 0.003;

function extraFlows(model, policy) {
  const before = new Map(
    model.data.flows[0].map((flow) => [`${flow.instrument}|${flow.payer}|${flow.receiver}`, flow.amount]),
  );
  return (
    model.data.flows[policy + 1]
      .map((one) => ({
        ...one,
        amount: one.amount - (before.get(`${one.instrument}|${one.payer}|${one.receiver}`) ?? 0),
      }))
      // Money that comes back to the payer (repayments) is not a flow to a recipient.
      .filter((one) => one.receiver !== 'government' && one.amount > 0)
  );
}

function flowFigure(model, {index, title}) {
  const euros = new Quantity('EUR', model.language);
  const titles = new Map(model.data.instruments.map(({id, title: name}) => [id, model.name(name)]));
  // Only instruments whose outlay the policy really raises: the others differ by chance alone.
  const raised = new Set(
    model.data.instruments
      .filter(({arms}) => {
        const sum = (arm) => arms[arm].outlay.reduce((total, value) => total + (value ?? 0), 0);
        return sum(index + 1) - sum(0) > 0.02 * Math.max(sum(0), 1);
      })
      .map(({id}) => id),
  );
  const all = extraFlows(model, index)
    .filter(({instrument}) => raised.has(instrument))
    .map((one) => ({
      payer: one.body ? model.name(one.body) : model.textOr(`receiver_${one.payer}`, one.payer),
      instrument: titles.get(one.instrument) ?? one.instrument,
      receiver: model.textOr(`receiver_${one.receiver}`, one.receiver),
      amount: one.amount,
    }));
  const total = all.reduce((sum, {amount}) => sum + amount, 0);
  const flows = all.filter(({amount}) => amount > thinnest * total);
  if (!flows.length) return null;
  const money = (amount) => euros.level(amount);
  return {
    id: `flow-${index}`,
    policy: index,
    title: model.text('flow_title', {policy: title}),
    note: model.text('flow_note', {total: money(total)}),
    draw: ({width, theme}) =>
      flow({
        width,
        theme,
        title: model.text('flow_title', {policy: title}),
        flows,
        money,
        headings: ['payer', 'instrument', 'recipient'].map((key) => model.text(key)),
      }),
    table: {
      head: ['payer', 'instrument', 'recipient', 'amount'].map((key) => model.text(key)),
      rows: all.map(({payer, instrument, receiver, amount}) => [payer, instrument, receiver, money(amount)]),
    },
  };
}

function yearsFigure(model, {index, title}) {
  const euros = new Quantity('EUR', model.language);
  const extra = model.data.instruments
    .map((instrument) => ({
      name: model.name(instrument.title),
      values: instrument.arms[index + 1].outlay.map(
        (value, year) => (value ?? 0) - (instrument.arms[0].outlay[year] ?? 0),
      ),
    }))
    .map((one) => ({...one, size: one.values.reduce((sum, value) => sum + Math.abs(value), 0)}));
  const all = extra.reduce((sum, {size}) => sum + size, 0);
  if (!all) return null;
  const large = extra
    .filter(({size}) => size > 0.04 * all)
    .sort((a, b) => b.size - a.size)
    .slice(0, 5);
  const rest = extra.filter((one) => !large.includes(one));
  if (rest.some(({size}) => size > 0))
    large.push({
      name: model.text('others'),
      rest: true,
      values: model.data.years.map((_, year) => rest.reduce((sum, {values}) => sum + values[year], 0)),
    });
  const magnitude = euros.magnitude(Math.max(...large.flatMap(({values}) => values.map(Math.abs))));
  const series = (theme) =>
    large.map((one, i) => ({...one, colour: one.rest ? theme.baseline : theme.shades[i % theme.shades.length]}));
  const format = (value, size) => euros.plain(value, magnitude, size);
  const money = (value) => euros.level(value);
  return {
    id: `years-${index}`,
    policy: index,
    title: model.text('years_title'),
    note: model.text('years_note', {unit: euros.axis(magnitude)}),
    keys: (theme) => series(theme).map(({name, colour}) => ({name, colour})),
    draw: ({width, theme}) =>
      stackedYears({
        width,
        theme,
        title: `${model.text('years_title')}: ${title}`,
        years: model.data.years,
        series: series(theme),
        format,
        unit: euros.axis(magnitude),
        tipFormat: money,
      }),
    table: {
      head: [model.text('year'), ...large.map(({name}) => name)],
      rows: model.data.years.map((year, i) => [String(year), ...large.map(({values}) => money(values[i]))]),
    },
  };
}

function euroFigure(model) {
  const kinds = [
    ['euro_total', 'total_rd'],
    ['euro_firms', 'firms_rd'],
    ['euro_institutes', 'institutes_rd'],
    ['euro_constant_pay', 'constant_pay'],
    ['euro_private', 'private_rd'],
  ];
  const entries = model.policies
    .flatMap(({index, title}) =>
      kinds.map(([key, field]) => ({
        policy: index,
        title,
        key,
        shown: perEuro(model, model.data.per_euro[index]?.[field]),
      })),
    )
    .filter(({shown}) => shown);
  if (!entries.length) return null;
  const rows = (theme) =>
    model.policies.flatMap(({index, title}) => {
      const mine = entries.filter(({policy}) => policy === index);
      return mine.length
        ? [
            {heading: title},
            ...mine.map(({key, shown}) => ({
              name: model.text(key),
              marks: [
                {
                  colour: policyColour(theme, index),
                  mean: shown.value,
                  low: shown.low,
                  high: shown.high,
                  filled: true,
                  tip: `${shown.text} (${shown.lowText} … ${shown.highText})`,
                },
              ],
            })),
          ]
        : [];
    });
  return {
    id: 'euro',
    title: model.text('euro_title'),
    note: model.text('euro_note'),
    draw: ({width, theme}) =>
      dots({
        width,
        theme,
        title: model.text('euro_title'),
        rows: rows(theme),
        rules: [0, 1],
        unit: model.text('euros'),
        format: (tick) => plainNumber(tick, model.language, 3),
      }),
    table: {
      head: [model.text('policy'), '', model.text('euros'), model.text('interval')],
      rows: entries.map(({title, key, shown}) => [
        title,
        model.text(key),
        shown.text,
        model.text('interval_short', {low: shown.lowText, high: shown.highText}),
      ]),
    },
  };
}

/** Where the outlay of an instrument ended up; the parts add up to all of it. */
const accounts = ['additional', 'windfall', 'displaced', 'leaked', 'residual'];

/** What the euros of each instrument did, where the policy was also run without it. */
function accountFigure(model, {index, id, title}) {
  const found = model.data.attribution?.find(({policy}) => policy === id);
  const paid = found?.instruments.filter(({outlay}) => outlay.mean > 0) ?? [];
  if (!paid.length) return null;
  const titles = new Map(model.data.instruments.map((one) => [one.id, model.name(one.title)]));
  const euros = new Quantity('EUR', model.language);
  const percent = (share) =>
    `${new Intl.NumberFormat(model.language, {maximumFractionDigits: 0}).format(100 * (share ?? 0))}\u00a0%`;
  const name = (one) => titles.get(one.id) ?? one.id;
  const cell = ({mean, low, high}) => euros.level(mean, low, high);
  return {
    id: `account-${index}`,
    policy: index,
    title: model.text('account_title'),
    note: model.text('account_note'),
    keys: (theme) => accounts.map((key, i) => ({name: model.text(`account_${key}`), colour: theme.policies[i]})),
    draw: ({width, theme}) =>
      shares({
        width,
        theme,
        title: `${model.text('account_title')}: ${title}`,
        percent,
        rows: paid.map((one) => ({
          name: `${name(one)}, ${euros.level(one.outlay.mean)}`,
          parts: accounts.map((key, i) => ({
            name: model.text(`account_${key}`),
            share: one[key].mean / one.outlay.mean,
            colour: theme.policies[i],
          })),
        })),
      }),
    table: {
      head: [
        model.text('instrument'),
        model.text('outlay'),
        ...accounts.map((key) => model.text(`account_${key}`)),
        model.text('account_crowded_in'),
        model.text('account_shapley'),
      ],
      rows: paid.map((one) => [
        name(one),
        ...['outlay', ...accounts, 'crowded_in', 'shapley_total_rd'].map((key) => cell(one[key])),
      ]),
    },
  };
}

function instrumentsTable(model) {
  const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);
  const euros = new Quantity('EUR', model.language);
  const head = [
    model.text('instrument'),
    model.text('form'),
    model.text('payer'),
    ...[model.text('baseline_short'), ...model.policies.map(({title}) => title)].map((name) => escape(name)),
  ];
  const cell = ({outlay, applications, awards}) => {
    const paid = sum(outlay);
    if (!paid && !sum(applications)) return '–';
    return `${euros.level(paid)}<br><span class="quiet">${plainNumber(sum(awards), model.language)} / ${plainNumber(sum(applications), model.language)}</span>`;
  };
  return `<details class="more"><summary>${model.text('instruments_title')}</summary><p class="note">${model.text('instruments_note')} <b>${model.text('outlay')}</b>; ${model.text('awards')} / ${model.text('applications')}.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="${model.text('instruments_title')}"><table><thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>${model.data.instruments
      .map(
        (one) =>
          `<tr><th scope="row">${escape(model.name(one.title))}</th><td>${escape(one.form.replaceAll('_', ' '))}</td><td>${escape(model.name(one.payer))}</td>${one.arms.map((arm) => `<td class="number">${cell(arm)}</td>`).join('')}</tr>`,
      )
      .join('')}</tbody></table></div></details>`;
}

export function money(model) {
  if (!model.data.instruments.length) return null;
  const blocks = model.policies.flatMap((policy) => {
    const figures = [flowFigure(model, policy), yearsFigure(model, policy), accountFigure(model, policy)].filter(Boolean);
    return figures.length
      ? [{figures, policy: policy.index}]
      : [{html: `<p>${model.text('flow_none')}</p>`, policy: policy.index}];
  });
  const euro = euroFigure(model);
  return {
    id: 'money',
    title: model.text('money'),
    intro: model.text('money_intro'),
    by_policy: true,
    blocks: [...blocks, ...(euro ? [{figures: [euro]}] : []), {html: instrumentsTable(model)}],
  };
}
