//! Rules whose figures have the wrong kind or unit.

use dabiao_catalog::file::{FigureRecord, RuleRecord, ThresholdKind};
use dabiao_core::Unit;

use crate::finding::say;
use crate::pass::{self, Pass};

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        let path = &found.path;
        match found.rule {
            RuleRecord::YesNo { figure: Some(id), .. } => {
                if pass.figure(id).is_some() && !pass.is_yes_no(id) {
                    pass.report(
                        &format!("{path}.figure"),
                        say!("“{id}”是数，不是是否数据", "`{id}` is a number, not a yes/no figure"),
                        say!("换一个数据，或把规则改成门槛", "name another figure, or make the rule a threshold"),
                    );
                }
            }
            RuleRecord::Threshold { figure, kind, value, .. } => {
                number(pass, path, "figure", figure);
                match (kind, pass.unit(figure)) {
                    (ThresholdKind::Rank, Some(unit)) if unit != Unit::Rank => wrong_kind(pass, path, figure, unit, ("位次", "rank")),
                    (ThresholdKind::Count, Some(unit)) if !counts(unit) => wrong_kind(pass, path, figure, unit, ("个数", "count")),
                    (ThresholdKind::AtLeast | ThresholdKind::AtMost, Some(Unit::Rank)) => wrong_kind(pass, path, figure, Unit::Rank, ("门槛", "threshold")),
                    (_, Some(unit)) if unit.is_whole() && value.fraction_digits() != Some(0) => pass.report(
                        &format!("{path}.value"),
                        say!("“{figure}”只能是整数，门槛却是{value}", "`{figure}` is a whole number, the threshold is {value}"),
                        say!("核对门槛和单位", "check the threshold and the unit"),
                    ),
                    _ => {}
                }
            }
            RuleRecord::Between { figure, .. } | RuleRecord::Toward { figure, .. } => number(pass, path, "figure", figure),
            RuleRecord::External { figure, target, .. } => {
                number(pass, path, "figure", figure);
                number(pass, path, "target", target);
                same_unit(pass, &format!("{path}.target"), figure, target);
            }
            RuleRecord::Growth(growth) => {
                number(pass, path, "current", &growth.current);
                number(pass, path, "base", &growth.base);
                same_unit(pass, &format!("{path}.base"), &growth.current, &growth.base);
                let in_points = growth.measure == "percentage_point";
                if let Some(unit) = pass.unit(&growth.current).filter(|unit| in_points && *unit != Unit::Percent) {
                    let (symbol, id) = (unit.symbol(), &growth.current);
                    pass.report(
                        &format!("{path}.measure"),
                        say!("“{id}”的单位是{symbol}，不能按百分点计增长", "`{id}` is in {symbol}: its growth is not in percentage points"),
                        say!("改成 measure = \"percent\"，或换成百分率数据", "make it `measure = \"percent\"`, or name a percentage"),
                    );
                }
                let expected = if in_points { Unit::PercentagePoint } else { Unit::Percent };
                if let Some((id, unit)) = growth.rate.as_deref().and_then(|id| Some((id, pass.unit(id)?))).filter(|(_, unit)| *unit != expected) {
                    let (is, wanted) = (unit.symbol(), expected.symbol());
                    pass.report(
                        &format!("{path}.rate"),
                        say!("增速“{id}”的单位是{is}，应为{wanted}", "the rate `{id}` is in {is}, not in {wanted}"),
                        say!("改单位或 measure", "change the unit or `measure`"),
                    );
                }
            }
            RuleRecord::Rising { series } => {
                for (index, (_, id)) in series.iter().enumerate() {
                    number(pass, &format!("{path}.series.{index}"), "figure", id);
                    if let Some((_, first)) = series.first() {
                        same_unit(pass, &format!("{path}.series.{index}.figure"), first, id);
                    }
                }
            }
            RuleRecord::YesNo { figure: None, .. } | RuleRecord::Parts { .. } | RuleRecord::Context { .. } => {}
        }
    }
    for (path, clause) in pass.clauses() {
        let Some(contribution) = &clause.contribution else { continue };
        number(pass, &path, "contribution", contribution);
        let total = pass::rules_of(&path, clause).into_iter().find_map(|found| match found.rule {
            RuleRecord::Threshold { figure, .. } | RuleRecord::Between { figure, .. } => Some(figure),
            _ => None,
        });
        if let Some(total) = total {
            same_unit(pass, &format!("{path}.contribution"), total, contribution);
        }
    }
}

/// Whether a unit counts whole things, be it in tens of thousands.
fn counts(unit: Unit) -> bool {
    unit.is_whole() || matches!(unit, Unit::WanDwelling | Unit::WanPerson)
}

fn wrong_kind(pass: &Pass<'_>, path: &str, id: &str, unit: Unit, kind: (&str, &str)) {
    let (symbol, (zh, en)) = (unit.symbol(), kind);
    pass.report(
        &format!("{path}.kind"),
        say!("“{id}”的单位是{symbol}，不是{zh}", "`{id}` is in {symbol}, which is no {en}"),
        say!("改规则种类，或改数据的单位", "change the kind of the rule, or the unit of the figure"),
    );
}

fn number(pass: &Pass<'_>, path: &str, role: &str, id: &str) {
    if pass.is_yes_no(id) {
        pass.report(
            &format!("{path}.{role}"),
            say!("“{id}”是是否数据，不能和数比较", "`{id}` is answered by yes or no and cannot be compared"),
            say!("换成有单位的数据，或把规则改成 yes_no", "name a figure with a unit, or make the rule `yes_no`"),
        );
    }
}

fn same_unit(pass: &Pass<'_>, path: &str, left: &str, right: &str) {
    let both = |id| pass.figure(id).and_then(|figure: &FigureRecord| figure.unit.as_deref()).and_then(Unit::from_id);
    if let (Some(one), Some(other)) = (both(left), both(right))
        && one.dimension() != other.dimension()
    {
        let (one, other) = (one.symbol(), other.symbol());
        pass.report(
            path,
            say!("“{left}”以{one}计，“{right}”以{other}计，不能比较", "`{left}` is in {one} and `{right}` in {other}: they cannot be compared"),
            say!("改成同一种单位", "give both the same kind of unit"),
        );
    }
}
