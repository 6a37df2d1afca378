// SPDX-License-Identifier: Apache-2.0
// Firms sell, pay for inputs, capital goods, wages, interest and tax, borrow when they run dry and pay out
// what they do not need.
//
//   sales S -> customers (1 - e), rest of the world e        inputs (1 - v) S -> suppliers
//   capital goods max(0, (1 - l - m) V - k B), as far as money reaches -> suppliers   wages (L - R) W ->
//   households tax t max(0, V - wages - capital goods - own R&D - interest)            interest i D -> banks
//   loan = min(-cash, c V - D) when cash < 0;  excess = max(0, cash - b (V + B));  repayment = min(D, p
//   excess), dividend = p rest
//
// S sales, e exports share, V value added, v its share in sales, l labour share, m operating margin, B normal
// R&D, k its share of costs other than labour, L staff, R R&D staff, W wage, D debt, c credit line and b
// buffer [months]. R&D itself is paid in rd_investment. Startups have no credit line and pay no dividend;
// dividends of foreign-owned firms go abroad. source: order of payments and credit limit Dosi, Fagiolo &
// Roventini 2010 (domain 1.7); parameters: see the table. reads: sales, value_added, staff, wage, R&D of last
// month. adds: cash. writes: debt.
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& accounts_mechanism();

/// Capital goods bought a month. unit: EUR/month
double capital_goods(double value_added, double labour_share, double margin, double other_research_costs);

/// Tax a month on a profit; losses pay none.
double profit_tax(double rate, double profit);

/// Loan taken up by a firm with this balance. unit: cent. range: 0 to what is left of the line
Cents loan_needed(Cents cash, Cents debt, Cents credit_line);

}  // namespace polder::agents
