//! Why nothing reaches the goal: what no measure can turn, which single limit would have to give way
//! and by how much, and else which limits contradict each other.

use dabiao_core::{ClauseIndex, DepartmentIndex, Exact, GroupIndex};

use super::{Limits, PlanError, Prepared, Progress, Quarter, Wanted};

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blockers {
    /// The most clauses that can be met if every other limit is kept; `None` if they contradict each
    /// other already.
    pub most_met: Option<u32>,
    /// Clauses that no available measure can turn, of those that the limits ask for: the must-have
    /// ones, and those of groups and totals that fall short.
    pub hopeless: Vec<ClauseIndex>,
    /// Limits of which one alone, loosened so far and no further, opens the way.
    pub relaxations: Vec<Relaxation>,
    /// Limits that contradict each other, none of them superfluous; found where no single one helps.
    pub conflict: Vec<Constraint>,
    /// Whether all this is proved; false if the search was stopped.
    pub is_proved: bool,
}

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The number of clauses in all.
    LeastMet,
    /// The number of clauses of a group.
    Floor(GroupIndex),
    /// A clause that must be met.
    Must(ClauseIndex),
    /// The money.
    Money,
    /// The work.
    Effort,
    /// The deadline.
    Deadline,
    /// The number of measures of a department.
    Department(DepartmentIndex),
}

/// The least by which a limit must give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relaxation {
    /// No more clauses than this in all.
    LeastMet(u32),
    /// No more clauses than this in the group.
    Floor(GroupIndex, u32),
    /// The clause is given up.
    Must(ClauseIndex),
    /// At least this much money, in 万元.
    Money(Exact),
    /// At least this much work, in person-months.
    Effort(Exact),
    /// Until this quarter.
    Deadline(Quarter),
    /// So many measures of the department.
    Department(DepartmentIndex, u32),
}

pub(super) fn blockers(prepared: &Prepared<'_>, go_on: &mut dyn FnMut(Progress) -> bool) -> Result<Blockers, PlanError> {
    let limits = &prepared.problem.limits;
    let constraints = constraints(limits);
    let mut is_proved = true;
    let mut relaxations = Vec::new();
    let mut most_met = None;
    for constraint in &constraints {
        let found = prepared.search(wanted_without(*constraint), &without(limits, &[*constraint]), go_on)?;
        is_proved &= found.is_complete;
        let Some((_, cost)) = found.best else { continue };
        let relaxation = relaxation(prepared, *constraint, cost, go_on)?;
        if let Some(Relaxation::LeastMet(met)) = relaxation {
            most_met = Some(met);
        }
        relaxations.extend(relaxation);
    }
    let mut conflict = Vec::new();
    if relaxations.is_empty() {
        // Leave out one limit after the other as long as what is left still contradicts itself.
        let mut left_out: Vec<Constraint> = Vec::new();
        for constraint in &constraints {
            let tried: Vec<Constraint> = left_out.iter().copied().chain([*constraint]).collect();
            let found = prepared.search(Wanted::LeastMoney, &without(limits, &tried), go_on)?;
            is_proved &= found.is_complete;
            if found.best.is_none() && found.is_complete {
                left_out = tried;
            }
        }
        conflict = constraints.into_iter().filter(|constraint| !left_out.contains(constraint)).collect();
    }
    Ok(Blockers { most_met, hopeless: hopeless(prepared), relaxations, conflict, is_proved })
}

fn constraints(limits: &Limits) -> Vec<Constraint> {
    let one = |is_set: bool, constraint: Constraint| is_set.then_some(constraint);
    one(limits.least_met.is_some(), Constraint::LeastMet)
        .into_iter()
        .chain(limits.floors.iter().map(|(group, _)| Constraint::Floor(*group)))
        .chain(limits.must.iter().map(|clause| Constraint::Must(*clause)))
        .chain(one(limits.money.is_some(), Constraint::Money))
        .chain(one(limits.effort.is_some(), Constraint::Effort))
        .chain(one(limits.deadline.is_some(), Constraint::Deadline))
        .chain(limits.departments.iter().map(|(department, _)| Constraint::Department(*department)))
        .collect()
}

fn without(limits: &Limits, left_out: &[Constraint]) -> Limits {
    let mut rest = limits.clone();
    for constraint in left_out {
        match constraint {
            Constraint::LeastMet => rest.least_met = None,
            Constraint::Floor(group) => rest.floors.retain(|(other, _)| other != group),
            Constraint::Must(clause) => rest.must.retain(|other| other != clause),
            Constraint::Money => rest.money = None,
            Constraint::Effort => rest.effort = None,
            Constraint::Deadline => rest.deadline = None,
            Constraint::Department(department) => rest.departments.retain(|(other, _)| other != department),
        }
    }
    rest
}

/// What to look for once a limit is gone, so that the answer says how far it must give way.
fn wanted_without(constraint: Constraint) -> Wanted {
    match constraint {
        Constraint::LeastMet => Wanted::MostMet(None),
        Constraint::Floor(group) => Wanted::MostMet(Some(group)),
        Constraint::Must(_) | Constraint::Money | Constraint::Deadline => Wanted::LeastMoney,
        Constraint::Effort => Wanted::LeastEffort,
        Constraint::Department(department) => Wanted::FewestOf(department),
    }
}

fn relaxation(
    prepared: &Prepared<'_>,
    constraint: Constraint,
    cost: i64,
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<Option<Relaxation>, PlanError> {
    let met = |group: Option<GroupIndex>| u32::try_from(prepared.always_met(group).saturating_sub(cost)).unwrap_or_default();
    Ok(Some(match constraint {
        Constraint::LeastMet => Relaxation::LeastMet(met(None)),
        Constraint::Floor(group) => Relaxation::Floor(group, met(Some(group))),
        Constraint::Must(clause) => Relaxation::Must(clause),
        Constraint::Money => Relaxation::Money(prepared.money.amount(cost)),
        Constraint::Effort => Relaxation::Effort(prepared.effort.amount(cost)),
        Constraint::Department(department) => Relaxation::Department(department, u32::try_from(cost).unwrap_or_default()),
        Constraint::Deadline => return Ok(earliest_deadline(prepared, go_on)?.map(Relaxation::Deadline)),
    }))
}

/// The earliest deadline that can be kept: one of the quarters in which a measure is finished.
fn earliest_deadline(prepared: &Prepared<'_>, go_on: &mut dyn FnMut(Progress) -> bool) -> Result<Option<Quarter>, PlanError> {
    let limits = &prepared.problem.limits;
    let mut quarters: Vec<Quarter> =
        prepared.slots.iter().map(|slot| slot.finish).filter(|finish| Some(*finish) > limits.deadline).collect();
    quarters.sort_unstable();
    quarters.dedup();
    for quarter in quarters {
        let later = Limits { deadline: Some(quarter), ..limits.clone() };
        if prepared.search(Wanted::LeastMoney, &later, go_on)?.best.is_some() {
            return Ok(Some(quarter));
        }
    }
    Ok(None)
}

/// The clauses that the limits ask for and that nothing turns.
fn hopeless(prepared: &Prepared<'_>) -> Vec<ClauseIndex> {
    let limits = &prepared.problem.limits;
    let turnable = |group: Option<GroupIndex>| i64::try_from(prepared.turnable(group).count()).unwrap_or(i64::MAX);
    let falls_short = |group: Option<GroupIndex>, least: u32| prepared.always_met(group).saturating_add(turnable(group)) < i64::from(least);
    let mut short: Vec<Option<GroupIndex>> = Vec::new();
    short.extend(limits.least_met.filter(|least| falls_short(None, *least)).map(|_| None));
    short.extend(limits.floors.iter().filter(|(group, least)| falls_short(Some(*group), *least)).map(|(group, _)| Some(*group)));
    let asked = |clause: &ClauseIndex| limits.must.contains(clause) || short.iter().any(|group| prepared.is_in(*clause, *group));
    // A must-have clause that is not judged here can be met by nothing either.
    let is_judged = |clause: &ClauseIndex| {
        prepared.model.never.contains(clause)
            || prepared.model.always.contains(clause)
            || prepared.model.turnable.iter().any(|turnable| turnable.clause == *clause)
    };
    let mut hopeless: Vec<ClauseIndex> = prepared.model.never.iter().copied().filter(asked).collect();
    hopeless.extend(limits.must.iter().copied().filter(|clause| !is_judged(clause)));
    hopeless.sort_unstable();
    hopeless.dedup();
    hopeless
}
