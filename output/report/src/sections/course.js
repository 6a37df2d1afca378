// SPDX-License-Identifier: Apache-2.0
// Trajectories of any figure, and small charts of those that stand out most.
import {choice, differenceFigure, indicatorGroups, levelFigure} from './parts.js';

const most_small = 6;

export function course(model, state) {
  const indicator = model.find(state.indicator) ?? model.first('total_rd', 'business_rd');
  const large = [levelFigure(model, indicator, {id: 'level'})];
  if (model.policies.length)
    large.push(differenceFigure(model, indicator, {id: 'difference', title: model.text('difference_title')}));
  const found = new Map();
  for (let rank = 0; found.size < most_small && rank < model.indicators.length; ++rank)
    for (const {index} of model.policies) {
      const one = model.marked(index)[rank];
      if (one && found.size < most_small) found.set(one.indicator.id, one.indicator);
    }
  const blocks = [
    {
      html: `<div class="choices">${choice('indicator', model.text('indicator'), indicatorGroups(model), indicator.id)}</div>`,
    },
    {figures: large, columns: 2, legend: true},
  ];
  if (found.size)
    blocks.push(
      {
        html: `<h3>${model.text('key_title')}</h3><p class="note">${model.text('key_note')}</p>`,
      },
      {
        figures: [...found.values()].map((one) =>
          differenceFigure(model, one, {id: `key-${one.id}`, heading: true, height: 190}),
        ),
        columns: 3,
        legend: true,
      },
    );
  return {
    id: 'course',
    title: model.text('course'),
    intro: model.text(model.policies.length ? 'course_intro' : 'course_intro_single'),
    blocks,
  };
}
