//! The versioned API for JavaScript, and for whoever wants an answer as JSON.
//!
//! [`v1`] holds the records that cross the border; [`score`] is the whole of the work, the same
//! natively and in wasm, byte for byte. The thin layer for JavaScript is `js`.

mod convert;
#[cfg(target_arch = "wasm32")]
mod js;
pub mod v1;

use std::sync::OnceLock;

use dabiao_catalog::Document;

pub use convert::score;

/// The built-in standards.
fn documents() -> Result<&'static [Document], v1::ErrorRecord> {
    static DOCUMENTS: OnceLock<Result<Vec<Document>, String>> = OnceLock::new();
    DOCUMENTS
        .get_or_init(|| dabiao_catalog::builtin::standards().map_err(|error| error.to_string()))
        .as_deref()
        .map_err(|problem| v1::ErrorRecord::new("broken_standard", "", problem))
}

/// Scores an assessment given as JSON text, see [`v1::AssessmentRecord`]; answers with the JSON text
/// of a [`v1::Answer`], the same bytes on every machine.
///
/// ```
/// let answer = dabiao_embed::score_json(
///     r#"{"standard":"quxian-central-town-2021","figures":[{"id":"tap_water_coverage","text":"９５％"}]}"#,
/// );
/// assert!(answer.starts_with(r#"{"ok":true,"#));
/// ```
#[must_use]
pub fn score_json(json: &str) -> String {
    let answer = match serde_json::from_str(json) {
        Ok(assessment) => score(&assessment),
        Err(error) => v1::Answer::refused(v1::ErrorRecord::new("malformed", "", &error.to_string())),
    };
    serde_json::to_string(&answer)
        .unwrap_or_else(|error| format!(r#"{{"ok":false,"errors":[{{"code":"unprintable","place":"","message":"{error}"}}]}}"#))
}
