//! One run over a file: what the rules can ask, and what they report.

use std::cell::RefCell;
use std::collections::BTreeMap;

use dabiao_catalog::file::{ClauseRecord, FigureRecord, RuleRecord, StandardFile, parse_documents, parse_figures};
use dabiao_catalog::{DocumentRecord, LoadError};
use dabiao_core::Unit;

use crate::finding::{Finding, Sentence, say};
use crate::rules::{self, Rule};
use crate::source::Source;

/// What all standards share.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// The shared figures.
    pub figures: Vec<FigureRecord>,
    /// The source documents.
    pub documents: Vec<DocumentRecord>,
}

impl Shared {
    /// Reads the JSON texts of the shared figures and of the documents.
    ///
    /// # Errors
    /// [`LoadError`] names the first thing that cannot be read.
    pub fn parse(figures: &str, documents: &str) -> Result<Self, LoadError> {
        Ok(Self { figures: parse_figures(figures)?, documents: parse_documents(documents)? })
    }
}

/// A run over a file.
pub(crate) struct Pass<'a> {
    /// The file.
    pub(crate) file: &'a StandardFile,
    /// What all standards share.
    pub(crate) shared: &'a Shared,
    /// Its document, if there is one.
    pub(crate) document: Option<&'a DocumentRecord>,
    source: &'a Source,
    figures: BTreeMap<&'a str, &'a FigureRecord>,
    rule: Option<&'static Rule>,
    findings: RefCell<Vec<Finding>>,
    allowed: RefCell<Vec<bool>>,
}

/// A rule of a clause, with its path and how deep it stands in a compound.
pub(crate) struct Found<'a> {
    /// Its path in the file.
    pub(crate) path: String,
    /// The clause it belongs to.
    pub(crate) clause: &'a ClauseRecord,
    /// The rule.
    pub(crate) rule: &'a RuleRecord,
}

/// A place where a figure is named.
pub(crate) struct FigureUse<'a> {
    /// The path of the name.
    pub(crate) path: String,
    /// The id.
    pub(crate) id: &'a str,
    /// The field that holds it.
    pub(crate) role: &'static str,
}

impl<'a> Pass<'a> {
    pub(crate) fn new(source: &'a Source, file: &'a StandardFile, shared: &'a Shared) -> Self {
        let document = file.source.iter().chain(&shared.documents).find(|document| document.id == file.document);
        let figures = shared.figures.iter().chain(&file.figures).map(|figure| (figure.id.as_str(), figure)).collect();
        let allowed = RefCell::new(vec![false; file.allowances.len()]);
        Self { file, shared, document, source, figures, rule: None, findings: RefCell::default(), allowed }
    }

    /// Applies a rule.
    pub(crate) fn run(&mut self, rule: &'static Rule) {
        self.rule = Some(rule);
        (rule.check)(self);
    }

    /// Reports something at a path, unless the file allows it there.
    pub(crate) fn report(&self, path: &str, what: Sentence, help: Sentence) {
        let Some(rule) = self.rule else { return };
        if self.is_allowed(rule.id, path) {
            return;
        }
        let span = self.source.span(path);
        self.findings.borrow_mut().push(rule.finding(span, what, help));
    }

    /// Whether an allowance names this rule at the table that the path lies in.
    fn is_allowed(&self, rule: &str, path: &str) -> bool {
        let mut parts = path.split('.');
        let table = parts.next().zip(parts.next().and_then(|index| index.parse::<usize>().ok()));
        let id = table.and_then(|(kind, index)| self.source.value.get(kind)?.get(index)?.get("id")?.as_str());
        let position = self.file.allowances.iter().position(|allowance| allowance.rule == rule && Some(allowance.at.as_str()) == id);
        match position {
            Some(position) => {
                if let Some(slot) = self.allowed.borrow_mut().get_mut(position) {
                    *slot = true;
                }
                true
            }
            None => false,
        }
    }

    /// The findings, with one for every allowance that allows nothing.
    pub(crate) fn finish(self) -> Vec<Finding> {
        let mut findings = self.findings.into_inner();
        for (index, (allowance, used)) in self.file.allowances.iter().zip(self.allowed.into_inner()).enumerate() {
            if !used {
                let (rule, at) = (&allowance.rule, &allowance.at);
                findings.push(rules::UNUSED_ALLOWANCE.finding(
                    self.source.span(&format!("allow.{index}")),
                    say!("“{at}”没有“{rule}”这样的问题", "`{at}` has no `{rule}` to allow"),
                    say!("删去这条许可，或更正 rule、at", "remove the allowance, or correct `rule` or `at`"),
                ));
            }
        }
        findings
    }

    /// The figure with this id, the file's own or a shared one.
    pub(crate) fn figure(&self, id: &str) -> Option<&'a FigureRecord> {
        self.figures.get(id).copied()
    }

    /// The unit of a number figure.
    pub(crate) fn unit(&self, id: &str) -> Option<Unit> {
        self.figure(id).and_then(|figure| figure.unit.as_deref()).and_then(Unit::from_id)
    }

    /// Whether a figure is answered by yes or no; that of a clause without figure is.
    pub(crate) fn is_yes_no(&self, id: &str) -> bool {
        match self.figure(id) {
            Some(figure) => figure.kind.as_deref() == Some("yes_no"),
            None => self.is_implicit(id),
        }
    }

    /// Whether the id is that of a yes/no clause which names no figure.
    pub(crate) fn is_implicit(&self, id: &str) -> bool {
        self.file.clauses.iter().any(|clause| clause.id == id && matches!(clause.rule, Some(RuleRecord::YesNo { figure: None, .. })))
    }

    /// The clauses with their paths.
    pub(crate) fn clauses(&self) -> impl Iterator<Item = (String, &'a ClauseRecord)> + use<'a> {
        self.file.clauses.iter().enumerate().map(|(index, clause)| (format!("clause.{index}"), clause))
    }

    /// The file's own figures with their paths.
    pub(crate) fn own_figures(&self) -> impl Iterator<Item = (String, &'a FigureRecord)> + use<'a> {
        self.file.figures.iter().enumerate().map(|(index, figure)| (format!("figure.{index}"), figure))
    }

    /// Every rule of every clause and reading, compounds before their parts.
    pub(crate) fn rules(&self) -> Vec<Found<'a>> {
        self.clauses().flat_map(|(path, clause)| rules_of(&path, clause)).collect()
    }

    /// Every place where a figure is named.
    pub(crate) fn figure_uses(&self) -> Vec<FigureUse<'a>> {
        let mut uses: Vec<FigureUse<'a>> = Vec::new();
        for found in self.rules() {
            let path = found.path;
            let mut add = |role: &'static str, id: &'a str| uses.push(FigureUse { path: format!("{path}.{role}"), id, role });
            match found.rule {
                RuleRecord::YesNo { figure, .. } | RuleRecord::Context { figure, .. } => {
                    if let Some(id) = figure {
                        add("figure", id);
                    }
                }
                RuleRecord::Threshold { figure, .. } | RuleRecord::Between { figure, .. } | RuleRecord::Toward { figure, .. } => {
                    add("figure", figure);
                }
                RuleRecord::External { figure, target, .. } => {
                    add("figure", figure);
                    add("target", target);
                }
                RuleRecord::Growth(growth) => {
                    add("current", &growth.current);
                    add("base", &growth.base);
                    if let Some(id) = &growth.rate {
                        add("rate", id);
                    }
                    if let Some(id) = &growth.since_figure {
                        add("since_figure", id);
                    }
                }
                RuleRecord::Rising { series } => {
                    for (index, (_, id)) in series.iter().enumerate() {
                        uses.push(FigureUse { path: format!("{path}.series.{index}.figure"), id, role: "figure" });
                    }
                }
                RuleRecord::Parts { .. } => {}
            }
        }
        for (path, clause) in self.clauses() {
            if let Some(id) = &clause.contribution {
                uses.push(FigureUse { path: format!("{path}.contribution"), id, role: "contribution" });
            }
        }
        for (path, figure) in self.own_figures() {
            let formula = figure.formula.as_deref().unwrap_or_default();
            for id in formula_ids(formula) {
                uses.push(FigureUse { path: format!("{path}.formula"), id, role: "formula" });
            }
        }
        uses
    }
}

/// The rules of a clause, compounds before their parts.
pub(crate) fn rules_of<'a>(path: &str, clause: &'a ClauseRecord) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    if let Some(rule) = &clause.rule {
        collect(format!("{path}.rule"), clause, rule, &mut found);
    }
    for (index, reading) in clause.readings.iter().enumerate() {
        collect(format!("{path}.reading.{index}.rule"), clause, &reading.rule, &mut found);
    }
    found
}

fn collect<'a>(path: String, clause: &'a ClauseRecord, rule: &'a RuleRecord, found: &mut Vec<Found<'a>>) {
    let parts: &[RuleRecord] = match rule {
        RuleRecord::Parts { of, .. } => of,
        _ => &[],
    };
    let paths: Vec<String> = (0..parts.len()).map(|index| format!("{path}.of.{index}")).collect();
    found.push(Found { path, clause, rule });
    for (path, part) in paths.into_iter().zip(parts) {
        collect(path, clause, part, found);
    }
}

/// The figure ids that a formula names.
pub(crate) fn formula_ids(formula: &str) -> impl Iterator<Item = &str> {
    formula
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}
