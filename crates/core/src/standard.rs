//! A standard: what a policy document asks, ready to be judged.
//!
//! Names, notes and other words for people are not here; they travel beside the standard
//! (`dabiao_catalog::Document`).

use crate::figure::{Figure, FigureIndex};
use crate::formula::Formula;
use crate::rule::Rule;

/// The position of a group in its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupIndex(pub u32);

/// The position of a clause in its standard; clauses stand in the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseIndex(pub u32);

/// The position of a department in its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DepartmentIndex(pub u32);

/// The level of government at which a requirement is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 乡镇.
    Town,
    /// 县.
    County,
    /// 市.
    City,
    /// 省.
    Province,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 4] = [Self::Town, Self::County, Self::City, Self::Province];

    /// The level with this id in standard files.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "town" => Self::Town,
            "county" => Self::County,
            "city" => Self::City,
            "province" => Self::Province,
            _ => return None,
        })
    }

    /// The id in standard files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Town => "town",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }
}

/// A set of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels(u8);

impl Levels {
    /// The set with one level more.
    #[must_use]
    pub fn with(self, level: Level) -> Self {
        Self(self.0 | Self::bit(level))
    }

    /// Whether the level is in the set.
    #[must_use]
    pub fn contains(self, level: Level) -> bool {
        self.0 & Self::bit(level) != 0
    }

    /// The levels of the set, lowest first.
    pub fn iter(self) -> impl Iterator<Item = Level> {
        Level::ALL.into_iter().filter(move |level| self.contains(*level))
    }

    fn bit(level: Level) -> u8 {
        match level {
            Level::Town => 1,
            Level::County => 2,
            Level::City => 4,
            Level::Province => 8,
        }
    }
}

/// How firmly a document promises something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firmness {
    /// Stated as a target.
    Commitment,
    /// 力争, 争创, 努力.
    Strive,
    /// An aim without a number.
    Slogan,
}

impl Firmness {
    /// The firmness with this id in standard files.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "commitment" => Self::Commitment,
            "strive" => Self::Strive,
            "slogan" => Self::Slogan,
            _ => return None,
        })
    }

    /// The id in standard files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Commitment => "commitment",
            Self::Strive => "strive",
            Self::Slogan => "slogan",
        }
    }
}

/// A node in the tree of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Stable name.
    pub id: String,
    /// The group above; `None` at the top. Always earlier in the list.
    pub parent: Option<GroupIndex>,
}

/// A department's part in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Responsibility {
    /// Who.
    pub department: DepartmentIndex,
    /// Whether the document marks it as lead (牵头单位).
    pub lead: bool,
}

/// One way to read a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Stable name, unique in the clause.
    pub id: String,
    /// What is asked in this reading.
    pub rule: Rule,
}

/// One requirement of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Stable name; saved assessments refer to it.
    pub id: String,
    /// The group it hangs on.
    pub group: GroupIndex,
    /// Who is responsible, in printed order.
    pub departments: Vec<Responsibility>,
    /// At which levels it is judged; at any other it is only shown.
    pub levels: Levels,
    /// The figure in which a lower level may enter its own share of the target. Shown, never judged.
    pub contribution: Option<FigureIndex>,
    /// How firmly it is promised.
    pub firmness: Firmness,
    /// The year by which it is due.
    pub due_year: Option<u16>,
    /// The readings; the first counts unless the person chooses another. At least one, at most 255.
    pub readings: Vec<Reading>,
}

impl Clause {
    /// The figures that its result depends on directly, with repetitions.
    #[must_use]
    pub fn figures(&self) -> Vec<FigureIndex> {
        let mut used = Vec::new();
        self.readings.iter().for_each(|reading| reading.rule.collect_figures(&mut used));
        used.extend(self.contribution);
        used
    }
}

/// A standard whose references have been checked.
// INVARIANT: every index in groups, clauses, rules and formulas points into this standard; formulas
// have no cycle; every clause has a reading.
#[derive(Clone, Debug)]
pub struct Standard {
    level: Level,
    figures: Vec<Figure>,
    groups: Vec<Group>,
    departments: Vec<String>,
    clauses: Vec<Clause>,
    /// Derived figures, each after the figures it uses.
    evaluation_order: Vec<FigureIndex>,
    /// For each figure, what has to be looked at again when it changes.
    dependents: Vec<Dependents>,
}

/// What depends on a figure, directly or through formulas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Derived figures in evaluation order, including the figure itself if it has a formula.
    pub figures: Vec<FigureIndex>,
    /// Clauses in document order.
    pub clauses: Vec<ClauseIndex>,
}

/// Why parts do not make a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandardError {
    /// A clause or group hangs on a group that does not exist or stands later.
    UnknownGroup(String),
    /// A clause names a department that does not exist.
    UnknownDepartment(String),
    /// A rule or formula uses a figure that does not exist; the id is that of the user.
    UnknownFigure(String),
    /// A figure follows from itself.
    FormulaCycle(String),
    /// A clause has no reading, or more than 255.
    Readings(String),
}

impl Standard {
    /// Checks the parts and works out what depends on what.
    ///
    /// # Errors
    /// [`StandardError`] names the first part that does not fit.
    pub fn new(
        level: Level,
        figures: Vec<Figure>,
        groups: Vec<Group>,
        departments: Vec<String>,
        clauses: Vec<Clause>,
    ) -> Result<Self, StandardError> {
        for (index, group) in groups.iter().enumerate() {
            if group.parent.is_some_and(|parent| parent.0 as usize >= index) {
                return Err(StandardError::UnknownGroup(group.id.clone()));
            }
        }
        for figure in &figures {
            let used = figure.formula.as_ref().map(Formula::figures).unwrap_or_default();
            if used.iter().any(|used| used.0 as usize >= figures.len()) {
                return Err(StandardError::UnknownFigure(figure.id.clone()));
            }
        }
        for clause in &clauses {
            check_clause(clause, figures.len(), groups.len(), departments.len())?;
        }
        let evaluation_order = evaluation_order(&figures)?;
        let dependents = dependents(&figures, &clauses, &evaluation_order);
        Ok(Self { level, figures, groups, departments, clauses, evaluation_order, dependents })
    }

    /// The level that is assessed unless a situation says otherwise.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// The levels at which at least one clause is judged.
    #[must_use]
    pub fn levels(&self) -> Levels {
        self.clauses.iter().flat_map(|clause| clause.levels.iter()).fold(Levels::default(), Levels::with)
    }

    /// All figures.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// All groups, parents before children.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The ids of all departments.
    #[must_use]
    pub fn departments(&self) -> &[String] {
        &self.departments
    }

    /// All clauses in document order.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// A figure.
    #[must_use]
    pub fn figure(&self, index: FigureIndex) -> Option<&Figure> {
        self.figures.get(index.0 as usize)
    }

    /// A clause.
    #[must_use]
    pub fn clause(&self, index: ClauseIndex) -> Option<&Clause> {
        self.clauses.get(index.0 as usize)
    }

    /// A group.
    #[must_use]
    pub fn group(&self, index: GroupIndex) -> Option<&Group> {
        self.groups.get(index.0 as usize)
    }

    /// The figure with this id.
    #[must_use]
    pub fn find_figure(&self, id: &str) -> Option<FigureIndex> {
        position(&self.figures, |figure| figure.id == id).map(FigureIndex)
    }

    /// The clause with this id.
    #[must_use]
    pub fn find_clause(&self, id: &str) -> Option<ClauseIndex> {
        position(&self.clauses, |clause| clause.id == id).map(ClauseIndex)
    }

    /// Derived figures, each after the figures it uses.
    #[must_use]
    pub fn evaluation_order(&self) -> &[FigureIndex] {
        &self.evaluation_order
    }

    /// What has to be looked at again when a figure changes.
    #[must_use]
    pub fn dependents(&self, figure: FigureIndex) -> Option<&Dependents> {
        self.dependents.get(figure.0 as usize)
    }

    /// The group and the groups above it, upwards.
    pub fn group_path(&self, group: GroupIndex) -> impl Iterator<Item = GroupIndex> {
        std::iter::successors(Some(group), |group| self.group(*group)?.parent)
    }
}

fn position<T>(items: &[T], matches: impl Fn(&T) -> bool) -> Option<u32> {
    items.iter().position(matches).and_then(|position| u32::try_from(position).ok())
}

fn indices(count: usize) -> impl Iterator<Item = u32> {
    0..u32::try_from(count).unwrap_or(u32::MAX)
}

fn check_clause(clause: &Clause, figures: usize, groups: usize, departments: usize) -> Result<(), StandardError> {
    if clause.group.0 as usize >= groups {
        return Err(StandardError::UnknownGroup(clause.id.clone()));
    }
    if clause.departments.iter().any(|responsibility| responsibility.department.0 as usize >= departments) {
        return Err(StandardError::UnknownDepartment(clause.id.clone()));
    }
    if clause.readings.is_empty() || clause.readings.len() > usize::from(u8::MAX) {
        return Err(StandardError::Readings(clause.id.clone()));
    }
    if clause.figures().iter().any(|figure| figure.0 as usize >= figures) {
        return Err(StandardError::UnknownFigure(clause.id.clone()));
    }
    Ok(())
}

/// Sorts derived figures so that each stands after the derived figures it uses.
fn evaluation_order(figures: &[Figure]) -> Result<Vec<FigureIndex>, StandardError> {
    let is_derived = |index: &FigureIndex| figures.get(index.0 as usize).is_some_and(|figure| figure.formula.is_some());
    let mut order: Vec<FigureIndex> = Vec::new();
    let mut waiting: Vec<FigureIndex> = indices(figures.len()).map(FigureIndex).filter(is_derived).collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut still_waiting = Vec::new();
        for index in waiting {
            let formula = figures.get(index.0 as usize).and_then(|figure| figure.formula.as_ref());
            let ready = formula.is_none_or(|formula| formula.figures().iter().all(|used| !is_derived(used) || order.contains(used)));
            if ready {
                order.push(index);
            } else {
                still_waiting.push(index);
            }
        }
        if still_waiting.len() == before {
            let id = still_waiting.first().and_then(|index| figures.get(index.0 as usize)).map(|figure| figure.id.clone());
            return Err(StandardError::FormulaCycle(id.unwrap_or_default()));
        }
        waiting = still_waiting;
    }
    Ok(order)
}

fn dependents(figures: &[Figure], clauses: &[Clause], evaluation_order: &[FigureIndex]) -> Vec<Dependents> {
    let used_by_clause: Vec<Vec<FigureIndex>> = clauses.iter().map(Clause::figures).collect();
    indices(figures.len())
        .map(FigureIndex)
        .map(|index| {
            let mut touched = vec![index];
            let mut derived = Vec::new();
            for candidate in evaluation_order {
                let formula = figures.get(candidate.0 as usize).and_then(|figure| figure.formula.as_ref());
                let uses_touched = formula.is_some_and(|formula| formula.figures().iter().any(|used| touched.contains(used)));
                if *candidate == index || uses_touched {
                    derived.push(*candidate);
                    touched.push(*candidate);
                }
            }
            let clauses = indices(clauses.len())
                .zip(&used_by_clause)
                .filter(|(_, used)| used.iter().any(|figure| touched.contains(figure)))
                .map(|(clause, _)| ClauseIndex(clause))
                .collect();
            Dependents { figures: derived, clauses }
        })
        .collect()
}
