// SPDX-License-Identifier: Apache-2.0
// What `polder analyze` and `polder validate` may leave in a result, in the shape that their documentation gives.
const index = (value, half) => ({value, low: value - half, high: value + half});

export const analysis = ({arms}) => ({
  format: 1,
  design: {method: 'saltelli', size: 64, seed: 7, points: 256, replicates: 4},
  outcomes: [
    {
      indicator: 'private_rd',
      title: 'R&D paid by firms',
      unit: 'MEUR/year',
      year: 2024,
      of: 'effect',
      arm: arms[1].id,
      against: arms[0].id,
      mean: 12,
      points: 256,
      variance: {share_parameter: 0.78, share_replicate: 0.22},
      metamodel: {q2: 0.91},
      sobol: [
        {
          estimator: 'jansen',
          indices: [
            {parameter: 'rd_user_cost_elasticity', first: index(0.61, 0.1), total: index(0.7, 0.09)},
            {parameter: 'productivity_spread', first: index(0.1, 0.05), total: index(0.18, 0.07)},
          ],
        },
      ],
      morris: {
        trajectories: 20,
        effects: [
          {parameter: 'rd_user_cost_elasticity', mu: index(9, 2), mu_star: index(9, 2), sigma: 3, above_noise: true},
          {parameter: 'productivity_spread', mu: index(-1, 2), mu_star: index(2, 1), sigma: 1, above_noise: false},
        ],
      },
      tornado: [
        {parameter: 'rd_user_cost_elasticity', x_low: 0.37, x_high: 0.87, y_low: -4, y_high: 25},
        {parameter: 'productivity_spread', x_low: 0.21, x_high: 0.48, y_low: 14, y_high: 9},
      ],
      decision: {
        probability_positive: 0.97,
        parameters: [{parameter: 'rd_user_cost_elasticity', changes_sign: true, crossings: [0.4]}],
      },
    },
    {
      indicator: 'startups',
      title: 'Startups',
      unit: 'firms',
      year: 2024,
      of: 'effect',
      arm: arms[1].id,
      against: arms[0].id,
      mean: 1,
      variance: {share_parameter: 0.01, share_replicate: 0.99},
      metamodel: {q2: 0.02},
      decision: {probability_positive: 0, points_positive: 0.55, parameters: []},
    },
    {
      indicator: 'startups',
      title: 'Startups',
      unit: 'firms',
      year: 2024,
      of: 'level',
      arm: arms[0].id,
      against: null,
      mean: 10000,
    },
  ],
  budget: [
    {
      indicator: 'private_rd',
      title: 'R&D paid by firms',
      unit: 'MEUR/year',
      year: 2024,
      rows: [
        {source: 'parameter', variance: 24, share: 0.6},
        {source: 'scenario', variance: 8, share: 0.2},
        {source: 'scenario_by_parameter', variance: 2, share: 0.05},
        {source: 'replicate', variance: 6, share: 0.15},
      ],
    },
  ],
});

const account = (id, outlay, parts) => ({
  id,
  outlay: {mean: outlay, low: outlay, high: outlay},
  ...Object.fromEntries(
    ['additional', 'windfall', 'displaced', 'leaked', 'residual', 'crowded_in', 'shapley_total_rd'].map((key, i) => [
      key,
      {mean: parts[i], low: parts[i] - 1e6, high: parts[i] + 1e6},
    ]),
  ),
});

/** What `whatif --attribute` adds to the document of a result. */
export const attribution = ({arms, instruments}) => [
  {
    policy: arms[1].id,
    replicates: 3,
    instruments: [
      account(instruments[0].id, 40e6, [20e6, 5e6, 3e6, 2e6, 10e6, -4e6, 18e6]),
      account(instruments[1].id, 80e6, [0, 0, 0, 0, 80e6, 0, 0]),
    ],
  },
];

export const validation = {
  rows: [
    {
      fact: 'Exponent of the tail of firm sizes',
      simulated: 1.12,
      low: 0.95,
      high: 1.15,
      unit: '',
      source: 'Axtell (2001)',
      role: 'test',
      verdict: 'pass',
    },
    {
      fact: 'Foreign share of venture capital',
      simulated: 61,
      low: 40,
      high: 60,
      unit: '%',
      source: 'NVP',
      role: 'target',
      verdict: 'near',
    },
    {fact: 'Survival after five years', simulated: 31, low: 45, high: 60, unit: '%', source: 'CBS', role: 'test', verdict: 'miss', note: 'young firms fail too often'},
  ],
};
