//! The report for pages: a packed standard and JSON texts in, a JSON text or the report itself out.

use dabiao_catalog::pack::unpack_bundle;
use dabiao_draft::json::text;
use dabiao_draft::{Refused, read_draft};
use dabiao_view::Locale;
use serde_json::{Value, json};

use super::{Align, Block, Made, PlanStep, PlanSummary, Report, Row, Table, assessment_report};

/// The report of an assessment: the standard as the site packs it, the record of the draft as JSON (with
/// its `standard_hash`, if it carries one), a plan in words (`sentences`, and `steps` with `measure`,
/// `department`, `money` and `time`) if there is one, the date in words, and `zh` or `en`, which must be
/// the language of the packed standard and of the plan.
///
/// # Errors
/// A sentence, if the standard or the record cannot be read.
pub fn open_report(packed: &[u8], draft_json: &str, plan_json: Option<&str>, date: &str, locale: &str) -> Result<Report, String> {
    let bundle = unpack_bundle(packed).ok_or("the packed standard cannot be read")?;
    let record: Value = serde_json::from_str(draft_json).map_err(|error| error.to_string())?;
    let draft = read_draft(&record, &bundle.document.standard).map_err(|refused| match refused {
        Refused::NotARecord => "this is no record of an assessment",
        Refused::Later(_) => "a later version wrote this record",
    })?;
    let plan = plan_json.map(serde_json::from_str::<Value>).transpose().map_err(|error| error.to_string())?;
    let locale = if locale.starts_with("zh") { Locale::Zh } else { Locale::En };
    let made = Made {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        standard_hash: text(&record, "standard_hash").to_owned(),
        date: date.to_owned(),
        plan: plan.as_ref().map(plan_summary),
    };
    Ok(assessment_report(&bundle.document, &draft, locale, &made))
}

/// A report as JSON, for whoever draws it by other means: `title` and `blocks`, each with its `kind`.
#[must_use]
pub fn report_json(report: &Report) -> String {
    json!({ "title": report.title, "blocks": report.blocks.iter().map(block_json).collect::<Vec<_>>() }).to_string()
}

fn plan_summary(record: &Value) -> PlanSummary {
    let list = |field: &str| record.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    PlanSummary {
        sentences: list("sentences").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        steps: list("steps")
            .iter()
            .map(|step| PlanStep {
                measure: text(step, "measure").to_owned(),
                department: text(step, "department").to_owned(),
                money: text(step, "money").to_owned(),
                time: text(step, "time").to_owned(),
            })
            .collect(),
    }
}

fn block_json(block: &Block) -> Value {
    match block {
        Block::Heading(level, text) => json!({ "kind": "heading", "level": level, "text": text }),
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": text }),
        Block::List(items) => json!({ "kind": "list", "items": items }),
        Block::Note(text) => json!({ "kind": "note", "text": text }),
        Block::Table(table) => table_json(table),
        Block::Mention(text) => json!({ "kind": "mention", "text": text }),
        Block::Signature(lines) => json!({ "kind": "signature", "lines": lines }),
        Block::Annex { label, title, is_wide } => json!({ "kind": "annex", "label": label, "title": title, "is_wide": is_wide }),
    }
}

fn table_json(table: &Table) -> Value {
    let columns = table.columns.iter().map(|column| {
        let is_short = column.align == Align::Middle;
        json!({ "heading": column.heading, "width": column.width, "is_short": is_short })
    });
    let rows = table.rows.iter().map(|row| match row {
        Row::Cells(cells) => json!({ "kind": "cells", "cells": cells }),
        Row::Total(cells) => json!({ "kind": "total", "cells": cells }),
        Row::Heading(text) => json!({ "kind": "heading", "text": text }),
    });
    json!({ "kind": "table", "title": table.title, "columns": columns.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>() })
}

/// [`report_json`] of [`open_report`] for JavaScript.
///
/// # Errors
/// A sentence, if the standard or the record cannot be read.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn office_report_json(
    packed: &[u8],
    draft_json: &str,
    plan_json: Option<String>,
    date: &str,
    locale: &str,
) -> Result<String, wasm_bindgen::JsValue> {
    open_report(packed, draft_json, plan_json.as_deref(), date, locale)
        .map(|report| report_json(&report))
        .map_err(|problem| wasm_bindgen::JsValue::from_str(&problem))
}
