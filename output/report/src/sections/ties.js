// SPDX-License-Identifier: Apache-2.0
// The network before and after: the snapshots of one run side by side.
import {inside, network, tip} from '../charts/network.js';

/** How much of a snapshot a picture shows: more cannot be told apart on a phone; as much of each, to be compared. */
const most_shown = 70,
  most_drawn = 250;

/** The place of those without a theme. */
const last = 1e6;

const groups = {
  university: 'university',
  medical_centre: 'university',
  hogeschool: 'institute',
  mbo: 'institute',
  institute: 'institute',
  large_firm: 'large_firm',
  startup: 'small_firm',
  scale_up: 'small_firm',
  sme: 'small_firm',
};
const group_order = ['university', 'institute', 'large_firm', 'small_firm', 'other'];

/** What all pictures share: who stands where, and what they are called. */
function stage(model, data) {
  const category = ['theme', 'region', 'kind'].find((name) => name in data.categories);
  const label = (name, code) => {
    const one = data.categories[name]?.[code];
    return one ? model.textOr(`${name}_${one.id}`, model.name(one)) : model.text('ties_unknown');
  };
  const group = (one) => groups[data.categories.type?.[one.type]?.id] ?? 'other';
  const none = data.categories[category].findIndex(({id}) => id === 'none');
  const place = (one) => (one[category] < 0 || one[category] === none ? last : one[category]);
  const all = new Map();
  for (const {members} of data.snapshots)
    for (const one of members.slice(0, most_shown)) if (!all.has(one.id)) all.set(one.id, one);
  const places = [...all.values()]
    .sort(
      (a, b) =>
        place(a) - place(b) || group_order.indexOf(group(a)) - group_order.indexOf(group(b)) || a.id - b.id,
    )
    .map((one) => ({id: one.id, group: place(one)}));
  const names = new Map(
    [...all.values()].map((one) => [
      place(one),
      place(one) === last && category === 'theme' ? model.text('ties_no_theme') : label(category, one[category]),
    ]),
  );
  return {category, label, group, groupOf: (id) => place(all.get(id)), places, names, all};
}

const colourOf = (theme, name) => (name === 'other' ? theme.baseline : theme.shades[group_order.indexOf(name)]);

/** One legend for all pictures. */
const keys = (model, {group, all}) => (theme) => [
  ...group_order
    .filter((name) => [...all.values()].some((one) => group(one) === name))
    .map((name) => ({name: model.text(`ties_${name}`), colour: colourOf(theme, name)})),
  {name: model.text('ties_within'), colour: inside(theme)},
  {name: model.text('ties_across'), colour: theme.muted},
];

/** What one snapshot shows of itself. */
function shownOf({members, pairs}, {groupOf}) {
  const nodes = members.slice(0, most_shown);
  const ties = pairs
    .filter(([a, b]) => a < nodes.length && b < nodes.length) // the strongest first
    .slice(0, most_drawn)
    .map(([a, b, strength]) => ({first: nodes[a].id, second: nodes[b].id, strength}))
    .map((tie) => ({...tie, within: groupOf(tie.first) === groupOf(tie.second)}));
  return {nodes, ties};
}

function figure(model, data, common, snapshot, {id, title, policy}) {
  const {nodes, ties} = shownOf(snapshot, common);
  const {label, group, groupOf, places, names} = common;
  const whole = new Intl.NumberFormat(model.language);
  const strongest = Math.max(...data.snapshots.flatMap(({pairs}) => pairs.map(([, , strength]) => strength)), 1e-9);
  const largest = Math.max(...data.snapshots.flatMap(({members}) => members.map(({degree}) => degree)), 1);
  const counts = {
    shown: whole.format(nodes.length),
    nodes: whole.format(snapshot.nodes),
    drawn: whole.format(ties.length),
    ties: whole.format(snapshot.ties),
    within: whole.format(ties.filter(({within}) => within).length),
  };
  const rows = [...names]
    .sort(([a], [b]) => a - b)
    .map(([number, name]) => {
      const own = ties.filter(({first, second}) => groupOf(first) === number || groupOf(second) === number);
      const members = nodes.filter(({id: node}) => groupOf(node) === number).length;
      const inner = own.filter(({within}) => within).length;
      return [name, ...[members, inner, own.length - inner].map((count) => whole.format(count))];
    });
  return {
    id,
    policy,
    title,
    note: model.text('ties_note', counts),
    draw: ({width, theme}) =>
      network({
        width,
        theme,
        title,
        description: model.text('ties_description', counts),
        places,
        names,
        ties: ties.map((one) => ({...one, strength: one.strength / strongest})),
        nodes: nodes.map((one) => ({
          id: one.id,
          colour: colourOf(theme, group(one)),
          size: one.degree / largest,
          tip: tip(
            one.type >= 0 ? label('type', one.type) : label('kind', one.kind),
            ...['theme', 'region'].filter((name) => one[name] >= 0).map((name) => label(name, one[name])),
            model.text('ties_degree', {degree: whole.format(one.degree)}),
          ),
        })),
      }),
    table: {
      head: ['ties_group', 'ties_organisations', 'ties_inside', 'ties_outside'].map((key) => model.text(key)),
      rows,
    },
  };
}

/** The block of the pictures; null without snapshots. */
export function networkPictures(model) {
  const data = model.data.network;
  if (!data?.snapshots?.some(({pairs}) => pairs.length)) return null;
  const common = stage(model, data);
  const figures = data.snapshots.map((snapshot, i) => {
    const first = i === 0 && data.snapshots.length > 1 && data.snapshots[1].arm === 0;
    const policy = snapshot.arm > 0 ? snapshot.arm - 1 : undefined;
    const when = snapshot.month.replace(/-12$/, '');
    const name = policy === undefined ? model.text('baseline_short') : model.policies[policy].title;
    return figure(model, data, common, snapshot, {
      id: first ? 'ties-before' : policy === undefined ? 'ties-baseline' : `ties-policy-${policy}`,
      title: model.text(first ? 'ties_before' : 'ties_after', {when, name}),
      policy,
    });
  });
  return {
    html: `<h3>${model.text('network_pictures')}</h3><p class="note">${model.text('network_pictures_note', {replicate: data.replicate})}</p>`,
    figures,
    keys: keys(model, common),
    columns: 2,
  };
}
