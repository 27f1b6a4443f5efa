//! What template and import agree on: the mark of a template, and the ids of its columns.
//!
//! Both stand in hidden cells. Rows and columns are found by them and never by their place or by the
//! words that people see, so a template may be sorted, moved about and translated.

use dabiao_catalog::Document;
use dabiao_core::FigureKind;

/// The layout that this program writes.
pub const LAYOUT_VERSION: u32 = 1;

/// The first word of a mark.
const MARK: &str = "dabiao-template";

/// Says which template a workbook is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The layout; see [`LAYOUT_VERSION`].
    pub version: u32,
    /// The id of the standard.
    pub standard: String,
    /// What the standard was like, see [`fingerprint`].
    pub hash: String,
    /// The id of the assessed level.
    pub level: String,
    /// The id of the department, if it is a template for one.
    pub department: Option<String>,
}

impl Mark {
    /// The mark as it is written into a cell.
    #[must_use]
    pub fn text(&self) -> String {
        let department = self.department.as_deref().unwrap_or("*");
        format!("{MARK}|{}|{}|{}|{}|{department}", self.version, self.standard, self.hash, self.level)
    }

    /// The mark in a cell, of whatever version. Fields that a later version adds are left out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut fields = text.trim().split('|');
        if fields.next() != Some(MARK) {
            return None;
        }
        let mut field = || fields.next().unwrap_or_default().to_owned();
        let version = field().parse().ok()?;
        let (standard, hash, level) = (field(), field(), field());
        let department = Some(field()).filter(|department| !department.is_empty() && department != "*");
        Some(Self { version, standard, hash, level, department })
    }
}

macro_rules! columns {
    ($($name:ident $id:literal $doc:literal;)+) => {
        /// A column of a template.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Column {
            $(#[doc = $doc] $name,)+
        }

        impl Column {
            /// Every column.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// What stands in the hidden row of ids.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => concat!("dabiao:", $id),)+ }
            }
        }
    };
}

columns! {
    Clauses "clauses" "The numbers of the clauses that need a figure.";
    Name "name" "The name of a figure.";
    Unit "unit" "The unit of a figure.";
    Hint "hint" "What counts.";
    Answer "answer" "The answer.";
    Remark "remark" "Where it comes from, and remarks.";
    Holder "holder" "Who usually has it.";
    Figure "figure" "The id of a figure.";
    Reference "reference" "The number of a clause.";
    ClauseName "clause_name" "The name of a clause.";
    NotApplicable "not_applicable" "Whether a clause is not applicable.";
    Reason "reason" "Why it is not applicable.";
    Note "note" "A note on a clause.";
    EvidenceName "evidence_name" "The name of a piece of evidence.";
    EvidenceNumber "evidence_number" "Its number.";
    EvidenceDate "evidence_date" "Its date.";
    Clause "clause" "The id of a clause.";
}

impl Column {
    /// The column with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.id() == id.trim())
    }
}

/// A short text that changes with the figures and clauses of a standard, and not with its language.
/// Tells one edition of a standard from another; it protects against mistakes, not against forgery.
#[must_use]
pub fn fingerprint(document: &Document) -> String {
    // FNV-1a with 64 bits.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    add(&document.id);
    for figure in document.standard.figures() {
        add(&figure.id);
        add(match figure.kind {
            FigureKind::YesNo => "yes_no",
            FigureKind::Number { unit, .. } => unit.id(),
        });
    }
    document.standard.clauses().iter().for_each(|clause| add(&clause.id));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_back() {
        let mut mark =
            Mark { version: 1, standard: "a-town-2021".into(), hash: "00ff".into(), level: "town".into(), department: Some("tax".into()) };
        assert_eq!(Mark::parse(&mark.text()), Some(mark.clone()));
        mark.department = None;
        assert_eq!(Mark::parse(&mark.text()), Some(mark.clone()));
        assert_eq!(Mark::parse(&format!("{}|later", mark.text())), Some(mark));
        assert_eq!(Mark::parse("dabiao-template"), None);
        assert_eq!(Mark::parse("something|1|a|b|c|d"), None);
    }
}
