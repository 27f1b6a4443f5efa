//! Formulas that cannot be read, or whose units do not give the unit of their figure.

use std::collections::BTreeMap;

use dabiao_catalog::formula;
use dabiao_core::{FigureIndex, Unit};

use crate::finding::say;
use crate::pass::{Pass, formula_ids};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, figure) in pass.own_figures() {
        let (Some(text), Some(unit)) = (figure.formula.as_deref(), figure.unit.as_deref().and_then(Unit::from_id)) else { continue };
        let ids: Vec<&str> = formula_ids(text).collect();
        if ids.iter().any(|id| pass.figure(id).is_none()) {
            // Another rule names the figure that does not exist.
            continue;
        }
        let positions: BTreeMap<&str, u32> = ids.iter().copied().zip(0..).collect();
        let path = format!("{path}.formula");
        let parsed = formula::parse(text, &|id| positions.get(id).copied().map(FigureIndex));
        let formula = match parsed {
            Ok(formula) => formula,
            Err(problem) => {
                pass.report(
                    &path,
                    say!("算式读不懂：{problem}", "the formula cannot be read: {problem}"),
                    say!("只用 + - * /、括号、数据编号和小数", "use + - * /, parentheses, figure ids and decimals only"),
                );
                continue;
            }
        };
        let unit_at = |index: FigureIndex| {
            let id = positions.iter().find(|(_, position)| **position == index.0).map(|(id, _)| *id)?;
            pass.unit(id)
        };
        let symbol = unit.symbol();
        match formula.dimension(&unit_at) {
            Some(dimension) if dimension == unit.dimension() => {}
            Some(_) => pass.report(
                &path,
                say!("算式得不出{symbol}", "the formula does not give {symbol}"),
                say!("核对分子、分母和单位", "check what is divided by what, and the unit"),
            ),
            None => pass.report(
                &path,
                say!("算式把不同的东西相加减，或用了不能计算的单位", "the formula adds unlike things, or uses a unit that cannot be calculated with"),
                say!("只加减同类的数；位次、年份、百分点不能进算式", "add like things only; ranks, years and percentage points stay out of formulas"),
            ),
        }
    }
}
