// SPDX-License-Identifier: Apache-2.0
// Firms sell, pay inputs, capital goods, wages, interest and tax, borrow when dry, pay out what they can.
//
//   sales S from customers (1 - e) and abroad e;  inputs (1 - v) S to suppliers;  wages (L - R) W
//   capital goods max(0, (1 - l - m) V - k B) to suppliers, as far as money reaches
//   tax t max(0, V - wages - capital goods - own R&D - interest);  interest i D to banks
//   loan = min(-cash, c V - D) when cash < 0
//   excess = p max(0, cash - b (V + B)):  first repays min(D - d V, excess), the rest is dividend
//
// S sales, e exports share, V value added, v its share in sales, l labour share, m operating margin, B normal
// R&D, k its share of costs other than labour, L staff, R R&D staff, W wage, D debt, c credit line, d normal
// debt and b buffer [months]. R&D itself is paid in rd_investment. Startups have no credit line and pay no
// dividend; dividends of foreign-owned firms go abroad.
// source: order of payments and credit limit Dosi, Fagiolo & Roventini 2010
// reads: sales, value_added, staff, wage, R&D of last month
// adds: cash.
// writes: debt
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
