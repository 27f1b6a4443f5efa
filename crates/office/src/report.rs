//! The report of an assessment, as headings, sentences and tables in the order of an official report.
//!
//! Verdicts and numbers come from the core, sentences from `dabiao_view`; this module chooses what
//! is said, and where. It knows no file format: [`crate::docx`] lays the same description out for
//! Word, and the page draws it for print from [`face::report_json`].

mod annex;
mod departments;
mod description;
mod evidence;
pub mod face;
mod material;
mod missing;
mod next;
mod not_met;
mod overall;
mod remarks;

pub use description::{Align, Block, Column, Report, Row, Table};
pub use next::{PlanStep, PlanSummary};

use dabiao_catalog::Document;
use dabiao_draft::Draft;
use dabiao_view::Locale;
use dabiao_view::words::{Word, key};

use material::Material;

/// What the report says about its own making. Nothing of it can be worked out here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The version of the product.
    pub version: String,
    /// The checksum of the standard's data.
    pub standard_hash: String,
    /// The date under the report, in the words of its language; nothing is said if it is empty.
    pub date: String,
    /// The plan, if one was made.
    pub plan: Option<PlanSummary>,
}

/// The report of an assessment.
#[must_use]
pub fn assessment_report(document: &Document, draft: &Draft, locale: Locale, made: &Made) -> Report {
    let material = &Material::new(document, draft, locale);
    let sections: [(Word, Vec<Block>); 8] = [
        (key::REPORT_SECTION_OVERALL, overall::overall(material)),
        (key::REPORT_SECTION_GROUPS, overall::groups(material)),
        (key::REPORT_SECTION_NOT_MET, not_met::not_met(material)),
        (key::REPORT_SECTION_MISSING, missing::missing(material)),
        (key::REPORT_SECTION_NEXT, next::next(material, made.plan.as_ref())),
        (key::REPORT_SECTION_DEPARTMENTS, departments::departments(material)),
        (key::REPORT_SECTION_EVIDENCE, evidence::evidence(material)),
        (key::REPORT_SECTION_REMARKS, remarks::remarks(material, made)),
    ];
    let mut blocks: Vec<Block> = overall::banner(material).into_iter().collect();
    let written = sections.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    for (number, (word, section)) in (1..).zip(written) {
        blocks.push(material.heading(1, number, locale.word(word)));
        blocks.extend(section);
    }
    blocks.extend(annex::closing(material, made));
    blocks.extend(annex::annex(material));
    Report { locale, title: overall::title(material), product: format!("Dabiao {}", made.version), blocks }
}
