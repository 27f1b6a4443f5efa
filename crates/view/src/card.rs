//! A clause as the page shows it: the part that never changes while figures are typed.

use dabiao_catalog::{Applicability, ContradictionRecord, Document, DocumentRecord, PlaceRecord, Text};
use dabiao_core::outcome::Operator;
use dabiao_core::rule::Rule;
use dabiao_core::standard::{Firmness, Level};
use dabiao_core::{ClauseIndex, FigureIndex, Standard, Unit};

use crate::number;
use crate::rule_text::{operator_sign, rule_text};
use crate::words::{Locale, Word, key};

/// A clause in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCard {
    /// Which clause.
    pub clause: ClauseIndex,
    /// The number as printed.
    pub reference: String,
    /// Its short name.
    pub name: String,
    /// What is asked, one sentence per reading with the reading's name and reason.
    pub readings: Vec<ReadingCard>,
    /// Numbers that say what is counted.
    pub qualifiers: Vec<String>,
    /// Names of the responsible departments, leads marked.
    pub departments: Vec<(String, bool)>,
    /// Where it stands in the document.
    pub place: String,
    /// How firmly it is promised, if not as a plain target.
    pub firmness: Option<&'static str>,
    /// By when.
    pub due: Option<String>,
    /// What must have happened for the thing to count.
    pub verb: Option<String>,
    /// Why it may not apply, in a word.
    pub tag: Option<&'static str>,
    /// Why it may not apply, and to whom it does.
    pub applicability: Option<String>,
    /// At which levels it is judged, where the standard has more than one.
    pub levels: Option<String>,
    /// Whether the assessed level answers it.
    pub is_own: bool,
    /// What is ambiguous.
    pub note: Option<String>,
    /// Contradictions of the document that touch it.
    pub contradictions: Vec<ContradictionCard>,
    /// The inputs that decide it.
    pub inputs: Vec<Input>,
}

/// A reading in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingCard {
    /// Its name; empty if there is only one reading.
    pub name: String,
    /// Why it can be read so.
    pub why: String,
    /// What it asks.
    pub asks: String,
}

/// A contradiction in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContradictionCard {
    /// What is at odds.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Every printed value with its place.
    pub printed: Vec<String>,
    /// The calculation that shows it.
    pub arithmetic: Option<String>,
    /// Which value is used and why.
    pub resolution: String,
}

/// An input of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The figure to fill in.
    pub figure: FigureIndex,
    /// The readings that ask for it, by their positions.
    pub readings: Vec<u8>,
    /// The raw figures from which it can be derived instead.
    pub raw: Vec<FigureIndex>,
}

/// The card of a clause, as the assessed level sees it.
#[must_use]
pub fn clause_card(locale: Locale, document: &Document, level: Level, index: ClauseIndex) -> Option<ClauseCard> {
    let clause = document.standard.clause(index)?;
    let text = document.clauses.get(index.0 as usize)?;
    let readings = clause
        .readings
        .iter()
        .enumerate()
        .map(|(position, reading)| {
            let (name, why) = text
                .readings
                .get(position)
                .map_or((String::new(), String::new()), |(name, why)| (locale.text(name).to_owned(), locale.text(why).to_owned()));
            ReadingCard { name, why, asks: rule_text(locale, document, &reading.rule) }
        })
        .collect();
    let qualifiers = text
        .qualifiers
        .iter()
        .map(|qualifier| {
            let name = locale.text(&qualifier.name);
            let sign = Operator::from_symbol(&qualifier.op).map_or("=", operator_sign);
            let unit = Unit::from_id(&qualifier.unit).map_or("", |unit| number::unit_name(locale, unit));
            format!("{name} {sign} {} {unit}", number::plain(qualifier.value))
        })
        .collect();
    let place = text.place.clone().unwrap_or_else(|| locale.fill(key::PLACE_CLAUSE, &[("ref", &text.reference)]));
    Some(ClauseCard {
        clause: index,
        reference: text.reference.clone(),
        name: locale.text(&text.name).to_owned(),
        readings,
        qualifiers,
        departments: clause
            .departments
            .iter()
            .filter_map(|part| Some((locale.text(document.departments.get(part.department.0 as usize)?).to_owned(), part.lead)))
            .collect(),
        place,
        firmness: match clause.firmness {
            Firmness::Commitment => None,
            Firmness::Strive => Some(locale.word(key::FIRMNESS_STRIVE)),
            Firmness::Slogan => Some(locale.word(key::FIRMNESS_SLOGAN)),
        },
        due: match (&text.due, clause.due_year) {
            (Some(due), _) => Some(locale.text(due).to_owned()),
            (None, year) => year.map(|year| locale.fill(key::DUE, &[("year", &year.to_string())])),
        },
        verb: text.verb.as_ref().map(|verb| locale.fill(key::VERB, &[("verb", verb)])),
        tag: text.applicability.map(|applicability| locale.word(applicability_word(applicability))),
        applicability: text.applicability.map(|applicability| applicability_text(locale, applicability, text.condition.as_ref())),
        levels: (document.standard.levels().iter().count() > 1).then(|| {
            let names: Vec<String> = clause.levels.iter().map(|level| locale.word(level_word(level)).to_owned()).collect();
            locale.fill(key::LEVELS_OF_CLAUSE, &[("levels", &locale.list(&names))])
        }),
        is_own: clause.levels.contains(level),
        note: text.note.as_ref().map(|note| locale.text(note).to_owned()),
        contradictions: contradiction_cards(locale, &document.source, &text.contradictions),
        inputs: inputs(&document.standard, level, index),
    })
}

fn applicability_word(applicability: Applicability) -> Word {
    match applicability {
        Applicability::Encouraged => key::APPLICABILITY_ENCOURAGED,
        Applicability::Conditional => key::APPLICABILITY_CONDITIONAL,
        Applicability::Local => key::APPLICABILITY_LOCAL,
    }
}

fn applicability_text(locale: Locale, applicability: Applicability, condition: Option<&Text>) -> String {
    let word = locale.word(applicability_word(applicability));
    match condition {
        Some(condition) => locale.fill(key::APPLIES_TO, &[("why", word), ("whom", locale.text(condition))]),
        None => word.to_owned(),
    }
}

/// A place that the document names, with its rank in the scheme.
#[must_use]
pub fn place_text(locale: Locale, place: &PlaceRecord) -> String {
    let name = locale.text(&place.name);
    place
        .tier
        .as_ref()
        .map_or_else(|| name.to_owned(), |tier| locale.fill(key::PLACE_WITH_TIER, &[("place", name), ("tier", locale.text(tier))]))
}

/// The word for a level.
#[must_use]
pub fn level_word(level: Level) -> Word {
    match level {
        Level::Town => key::LEVEL_TOWN,
        Level::County => key::LEVEL_COUNTY,
        Level::City => key::LEVEL_CITY,
        Level::Province => key::LEVEL_PROVINCE,
    }
}

/// The contradictions with these ids, in words.
#[must_use]
pub fn contradiction_cards(locale: Locale, source: &DocumentRecord, ids: &[String]) -> Vec<ContradictionCard> {
    let records = ids.iter().filter_map(|id| source.contradictions.iter().find(|record| record.id == *id));
    records.map(|record| contradiction_card(locale, record)).collect()
}

/// A contradiction in words.
#[must_use]
pub fn contradiction_card(locale: Locale, record: &ContradictionRecord) -> ContradictionCard {
    ContradictionCard {
        kind: locale.word(kind_word(&record.kind)),
        name: locale.text(&record.name).to_owned(),
        printed: record
            .printed
            .iter()
            .map(|(value, place, what)| locale.fill(key::PRINTED_VALUE, &[("value", value), ("place", place), ("what", locale.text(what))]))
            .collect(),
        arithmetic: record.arithmetic.as_ref().map(|text| locale.text(text).to_owned()),
        resolution: locale.fill(key::CONTRADICTION_USED, &[("used", &record.used), ("why", locale.text(&record.why))]),
    }
}

/// The word for a kind of contradiction. An unknown kind is one that is only restated: the linter names it.
fn kind_word(kind: &str) -> Word {
    match kind {
        "sum" => key::KIND_SUM,
        "share" => key::KIND_SHARE,
        "growth" => key::KIND_GROWTH,
        "denominator" => key::KIND_DENOMINATOR,
        "scope" => key::KIND_SCOPE,
        "unit" => key::KIND_UNIT,
        "name" => key::KIND_NAME,
        "ambiguous" => key::KIND_AMBIGUOUS,
        "misprint" => key::KIND_MISPRINT,
        "damaged" => key::KIND_DAMAGED,
        _ => key::KIND_RESTATEMENT,
    }
}

/// The inputs of a clause, each figure once, in the order the rules name them. Of a clause that
/// another level answers, only one's own contribution can be entered.
#[must_use]
pub fn inputs(standard: &Standard, level: Level, index: ClauseIndex) -> Vec<Input> {
    let Some(clause) = standard.clause(index) else { return Vec::new() };
    if !clause.levels.contains(level) {
        let every = (0..=u8::MAX).take(clause.readings.len()).collect();
        return clause.contribution.map(|figure| Input { figure, readings: every, raw: Vec::new() }).into_iter().collect();
    }
    let mut inputs: Vec<Input> = Vec::new();
    for (position, reading) in (0_u8..).zip(&clause.readings) {
        let mut figures = Vec::new();
        collect(&reading.rule, &mut figures);
        for figure in figures {
            match inputs.iter_mut().find(|input| input.figure == figure) {
                Some(input) if input.readings.contains(&position) => {}
                Some(input) => input.readings.push(position),
                None => inputs.push(Input { figure, readings: vec![position], raw: raw_figures(standard, figure) }),
            }
        }
    }
    inputs
}

/// A growth rate that can be entered directly comes before the figures it could follow from.
fn collect(rule: &Rule, figures: &mut Vec<FigureIndex>) {
    match rule {
        Rule::Growth(growth) => {
            figures.extend(growth.rate);
            rule.collect_figures(figures);
        }
        Rule::Parts(parts) => parts.of.iter().for_each(|part| collect(part, figures)),
        Rule::Rising(rising) => {
            figures.push(rising.until);
            rule.collect_figures(figures);
        }
        _ => rule.collect_figures(figures),
    }
}

/// The figures without formula from which a figure follows; empty if it has no formula.
#[must_use]
pub fn raw_figures(standard: &Standard, figure: FigureIndex) -> Vec<FigureIndex> {
    let mut raw = Vec::new();
    let mut waiting: Vec<FigureIndex> =
        standard.figure(figure).and_then(|figure| figure.formula.as_ref()).map(|formula| formula.figures()).unwrap_or_default();
    waiting.reverse();
    while let Some(next) = waiting.pop() {
        match standard.figure(next).and_then(|figure| figure.formula.as_ref()) {
            Some(formula) => waiting.extend(formula.figures().into_iter().rev()),
            None if !raw.contains(&next) => raw.push(next),
            None => {}
        }
    }
    raw
}
