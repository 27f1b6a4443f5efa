//! The report as it will be on paper, shown on the page and printed by the browser.

use dabiao_draft::json::text;
use dabiao_view::Locale;
use dabiao_view::words::key;
use dabiao_web::browser;
use serde_json::Value;
use yew::prelude::*;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// The report, as `dabiao_office::report::face::report_json` describes it.
    pub(super) report: Value,
    /// The language of the page.
    pub(super) locale: Locale,
    /// The person has seen enough.
    pub(super) on_close: Callback<MouseEvent>,
}

/// The report on paper, with the way to the printer.
#[component]
pub(super) fn Paper(props: &Props) -> Html {
    let locale = props.locale;
    let print = Callback::from(|_: MouseEvent| browser::print());
    // An annex may lie on its side, so each is a sheet of its own.
    let is_annex = |block: &&Value| text(block, "kind") == "annex";
    let blocks = list(&props.report, "blocks");
    let mut starts: Vec<usize> = vec![0];
    starts.extend(blocks.iter().enumerate().filter(|(_, block)| is_annex(block)).map(|(position, _)| position));
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    let sheets = starts.iter().copied().zip(ends).filter_map(|(start, end)| blocks.get(start..end));
    html! {
        <section class="print-preview" aria-label={locale.word(key::PAPER_TITLE)}>
            <div class="print-tools">
                <button type="button" class="primary" id="print-report" onclick={print}>{ locale.word(key::PAPER_PRINT) }</button>
                <button type="button" class="quiet" onclick={props.on_close.clone()}>{ locale.word(key::PAPER_CLOSE) }</button>
                <span class="muted">{ locale.word(key::PAPER_HINT) }</span>
            </div>
            <article class="paper" tabindex="0">
                { for sheets.enumerate().map(|(number, blocks)| {
                    let is_wide = blocks.first().and_then(|block| block.get("is_wide")).and_then(Value::as_bool).unwrap_or_default();
                    html! {
                        <div class={classes!("sheet-of-paper", is_wide.then_some("wide"))}>
                            if number == 0 { <h1>{ lines(text(&props.report, "title")) }</h1> }
                            { for blocks.iter().map(block) }
                        </div>
                    }
                }) }
            </article>
        </section>
    }
}

fn block(block: &Value) -> Html {
    let words = text(block, "text");
    match text(block, "kind") {
        "heading" => match block.get("level").and_then(Value::as_u64) {
            Some(1) => html! { <h2>{ words }</h2> },
            Some(2) => html! { <h3>{ words }</h3> },
            _ => html! { <h4>{ words }</h4> },
        },
        "paragraph" | "mention" => html! { <p class={text(block, "kind").to_owned()}>{ lines(words) }</p> },
        "note" => html! { <p class="note">{ lines(words) }</p> },
        "list" => {
            html! { <ol>{ for list(block, "items").iter().map(|item| html! { <li>{ lines(item.as_str().unwrap_or_default()) }</li> }) }</ol> }
        }
        "signature" => {
            html! { <p class="signature">{ for list(block, "lines").iter().map(|line| html! { <span>{ line.as_str().unwrap_or_default() }</span> }) }</p> }
        }
        "annex" => html! { <><p class="annex-label">{ text(block, "label") }</p><h1>{ lines(text(block, "title")) }</h1></> },
        "table" => table(block),
        _ => Html::default(),
    }
}

fn table(block: &Value) -> Html {
    let columns = list(block, "columns");
    let widths: Vec<u64> = columns.iter().map(|column| column.get("width").and_then(Value::as_u64).unwrap_or(1)).collect();
    let all = widths.iter().sum::<u64>().max(1);
    let is_short =
        |position: usize| columns.get(position).and_then(|column| column.get("is_short")).and_then(Value::as_bool).unwrap_or_default();
    html! {
        <table aria-label={text(block, "title").to_owned()}>
            // Widths as attributes: the page's policy takes no style in the markup.
            <colgroup>{ for widths.iter().map(|width| html! { <col width={format!("{}%", width * 100 / all)} /> }) }</colgroup>
            <thead><tr>{ for columns.iter().map(|column| html! { <th scope="col">{ text(column, "heading") }</th> }) }</tr></thead>
            <tbody>
                { for list(block, "rows").iter().map(|row| match text(row, "kind") {
                    "heading" => html! { <tr class="row-heading"><th scope="rowgroup" colspan={columns.len().to_string()}>{ text(row, "text") }</th></tr> },
                    kind => html! {
                        <tr class={(kind == "total").then_some("total")}>
                            { for list(row, "cells").iter().enumerate().map(|(position, cell)| html! {
                                <td class={is_short(position).then_some("short")}>{ lines(cell.as_str().unwrap_or_default()) }</td>
                            }) }
                        </tr>
                    },
                }) }
            </tbody>
        </table>
    }
}

/// A text whose line feeds begin new lines.
fn lines(words: &str) -> Html {
    html! { { for words.split('\n').enumerate().map(|(number, line)| html! { <>if number > 0 { <br /> }{ line }</> }) } }
}

fn list<'a>(record: &'a Value, field: &str) -> &'a [Value] {
    record.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
