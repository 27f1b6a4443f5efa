//! Finds what is wrong with a standard file, and says where, why it matters and what to do.
//!
//! [`check`] reads a TOML text (`seeds/README.md`) and holds it against every rule in [`rules`];
//! each rule is a file with a page that explains it by an example. A finding that is right as it is
//! can be allowed in the file, with a reason:
//!
//! ```toml
//! [[allow]]
//! rule = "two-spellings"
//! at = "county_finance"
//! why = "财政局 and 民政局 are two bureaus."
//! ```

mod finding;
mod json;
mod pass;
pub mod rules;
mod source;

pub use finding::{Finding, Sentence, Severity};
pub use json::{check_json, pack_standard};
pub use pass::Shared;
pub use rules::Rule;

use dabiao_catalog::file::StandardFile;

use pass::Pass;
use source::Source;

/// Holds a standard file against every rule. Findings stand in the order of the file; allowed ones
/// are left out.
#[must_use]
pub fn check(text: &str, shared: &Shared) -> Vec<Finding> {
    let mut findings = match Source::parse(text) {
        Err(error) => vec![rules::not_toml(error)],
        Ok(source) => check_source(&source, shared),
    };
    findings.sort_by_key(|finding| (finding.span.start, finding.rule));
    findings
}

fn check_source(source: &Source, shared: &Shared) -> Vec<Finding> {
    let single = rules::names_in_one_language(source);
    // The other language stands in for the one that is missing, so that the rest can be checked too.
    let text = if single.is_empty() { source.value.to_string() } else { rules::with_both_languages(source.value.clone()).to_string() };
    let mut findings = match StandardFile::parse(&text) {
        Err(error) => vec![rules::not_readable(source, &error)],
        Ok(file) => {
            let mut pass = Pass::new(source, &file, shared);
            for rule in rules::ALL {
                pass.run(rule);
            }
            pass.finish()
        }
    };
    if !single.is_empty() {
        findings.retain(|finding| !rules::ABOUT_LANGUAGE.contains(&finding.rule));
        findings.extend(single);
    }
    findings
}
