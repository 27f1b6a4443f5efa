//! All figures in one dense table, with paste from a spreadsheet.
//!
//! Pasting one column fills downwards from the cell. Pasting several columns looks for the figure's
//! name, or the clause number, in the columns before the last.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_core::standard::Level;
use dabiao_core::{Assessment, ClauseIndex, FigureIndex, FigureKind};
use dabiao_view::Locale;
use dabiao_view::card::{inputs, raw_figures};
use dabiao_view::entry::{Tone, message};
use dabiao_view::number;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::verdict_chip;
use crate::state::{Action, Dispatch, Work};

/// The largest text that is taken from the clipboard, in bytes.
const MAX_PASTE: usize = 400_000;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The assessment.
    pub work: Rc<Work>,
    /// The language of the page.
    pub locale: Locale,
    /// Where answers go.
    pub dispatch: Dispatch,
}

/// A row of the table: a figure, and the first clause that asks for it.
struct Row {
    clause: ClauseIndex,
    figure: FigureIndex,
    raw: bool,
}

/// What became of a paste.
#[derive(Clone, PartialEq)]
enum Pasted {
    /// So many cells were filled, so many lines were left over, and what stood there before.
    Filled { count: usize, left: usize, before: Vec<(FigureIndex, Rc<str>)> },
    /// The text is too large.
    TooLarge { bytes: usize },
}

/// The table.
#[component]
pub fn FigureTable(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let pasted = use_state_eq(|| None::<Pasted>);
    // Which figures there are follows from the standard alone, not from what is typed.
    let rows = {
        let document = Rc::clone(document);
        use_memo((document.id.clone(), work.draft.level), move |(_, level)| rows(&document, *level))
    };
    let on_paste = {
        let (work, dispatch, pasted) = (Rc::clone(work), props.dispatch.clone(), pasted.clone());
        Callback::from(move |(figure, text): (FigureIndex, String)| {
            if text.len() > MAX_PASTE {
                pasted.set(Some(Pasted::TooLarge { bytes: text.len() }));
                return;
            }
            let (entries, left) = place(&work, figure, &text);
            let before = entries.iter().map(|(figure, _)| (*figure, work.draft.text(*figure))).collect();
            pasted.set(Some(Pasted::Filled { count: entries.len(), left, before }));
            dispatch.dispatch(Action::EnterMany(entries));
        })
    };
    html! {
        <div class="table-view">
            <p class="muted">{ locale.word(key::TABLE_INTRO) }</p>
            { paste_notice(props, &pasted) }
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::TAB_TABLE)}>
                <table class="figures">
                    <thead>
                        <tr>
                            { for [key::HEAD_CLAUSE, key::HEAD_FIGURE, key::HEAD_VALUE, key::HEAD_UNIT, key::HEAD_UNDERSTOOD, key::HEAD_VERDICT]
                                .map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.iter().map(|row| table_row(props, row, &on_paste)) }
                    </tbody>
                </table>
            </div>
        </div>
    }
}

fn table_row(props: &Props, row: &Row, on_paste: &Callback<(FigureIndex, String)>) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let (Some(figure), Some(clause)) = (document.standard.figure(row.figure), document.clauses.get(row.clause.0 as usize)) else {
        return Html::default();
    };
    let text = work.draft.text(row.figure);
    let note = message(locale, figure.kind, &text, work.assessment.entry(row.figure));
    let understood = understood(locale, document, &work.assessment, row.figure);
    let note_class = match &note {
        Some((Tone::Error, _)) => "error",
        Some((Tone::Doubt, _)) => "doubt",
        _ => "understood",
    };
    let verdict = work.assessment.report().clauses.get(row.clause.0 as usize).map(|result| result.verdict);
    let index = row.figure;
    let oninput = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: InputEvent| {
            if event.is_composing() {
                return;
            }
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                dispatch.dispatch(Action::Enter(index, input.value().into()));
            }
        })
    };
    let onpaste = {
        let on_paste = on_paste.clone();
        Callback::from(move |event: Event| {
            let data = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data);
            let text = data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
            // A single value pastes as usual.
            if text.trim_end().contains(['\n', '\t']) || text.len() > MAX_PASTE {
                event.prevent_default();
                on_paste.emit((index, text));
            }
        })
    };
    let name = figure_name(locale, document, row.figure);
    let shown = match figure.kind {
        FigureKind::YesNo => yes_no_shown(locale, &text),
        FigureKind::Number { .. } => text,
    };
    html! {
        <tr class={row.raw.then_some("raw-row")}>
            <td class="ref">{ &clause.reference }</td>
            <th scope="row">{ name }</th>
            <td>
                <input
                    type="text" aria-label={name.to_owned()} value={AttrValue::from(shown)} autocomplete="off"
                    aria-invalid={(note_class == "error").then_some("true")} data-figure={figure.id.clone()} {oninput} {onpaste}
                />
            </td>
            <td class="unit">{ figure.kind.unit().map_or(locale.word(key::UNIT_YES_NO), |unit| number::unit_name(locale, unit)) }</td>
            <td class={classes!("note", note_class)}>{ note.filter(|(tone, _)| *tone != Tone::Understood).map_or(understood, |(_, text)| text) }</td>
            <td>{ verdict.map(|verdict| verdict_chip(locale, verdict)).unwrap_or_default() }</td>
        </tr>
    }
}

/// Yes and no in the language of the page; whatever else was typed stays as it is.
fn yes_no_shown(locale: Locale, text: &Rc<str>) -> Rc<str> {
    match &**text {
        "yes" => locale.word(key::ANSWER_YES).into(),
        "no" => locale.word(key::ANSWER_NO).into(),
        _ => Rc::clone(text),
    }
}

/// The value that counts, typed or derived.
fn understood(locale: Locale, document: &Document, assessment: &Assessment, figure: FigureIndex) -> String {
    let state = assessment.report().figures.get(figure.0 as usize);
    let value = state.and_then(|state| state.value?.number());
    value.map(|value| dabiao_view::rule_text::figure_value(locale, document, figure, value)).unwrap_or_default()
}

fn paste_notice(props: &Props, pasted: &UseStateHandle<Option<Pasted>>) -> Html {
    let locale = props.locale;
    match &**pasted {
        None => Html::default(),
        Some(Pasted::TooLarge { bytes }) => {
            let (size, most) = ((bytes / 1000).to_string(), (MAX_PASTE / 1000).to_string());
            html! { <p class="notice error" role="alert">{ locale.fill(key::PASTE_TOO_LARGE, &[("size", &size), ("most", &most)]) }</p> }
        }
        Some(Pasted::Filled { count, left, before }) => {
            let (count, left) = (count.to_string(), left.to_string());
            let undo = {
                let (dispatch, before, pasted) = (props.dispatch.clone(), before.clone(), pasted.clone());
                Callback::from(move |_: MouseEvent| {
                    dispatch.dispatch(Action::EnterMany(before.clone()));
                    pasted.set(None);
                })
            };
            html! {
                <p class="notice" role="status">
                    { locale.fill(key::PASTE_FILLED, &[("count", &count), ("left", &left)]) }
                    <button type="button" class="quiet" onclick={undo}>{ locale.word(key::PASTE_UNDO) }</button>
                </p>
            }
        }
    }
}

/// Every figure once, at the first clause that asks for it, raw figures below the derived one.
fn rows(document: &Document, level: Level) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |clause, figure, raw| {
        if !rows.iter().any(|row| row.figure == figure) {
            rows.push(Row { clause, figure, raw });
        }
    };
    for (clause, _) in (0..).map(ClauseIndex).zip(document.standard.clauses()) {
        for input in inputs(&document.standard, level, clause) {
            add(clause, input.figure, false);
            raw_figures(&document.standard, input.figure).into_iter().for_each(|figure| add(clause, figure, true));
        }
    }
    rows
}

/// Which pasted value goes into which figure, and how many lines found no place.
fn place(work: &Work, from: FigureIndex, text: &str) -> (Vec<(FigureIndex, Rc<str>)>, usize) {
    let rows = rows(&work.document, work.draft.level);
    let start = rows.iter().position(|row| row.figure == from).unwrap_or_default();
    let lines: Vec<Vec<&str>> = text.trim_end().lines().map(|line| line.split('\t').map(str::trim).collect()).collect();
    let has_names = lines.iter().any(|cells| cells.len() > 1 && find_row(work, &rows, cells).is_some());
    let mut entries = Vec::new();
    let mut left = 0;
    for (offset, cells) in lines.iter().enumerate() {
        let row = if has_names { find_row(work, &rows, cells) } else { rows.get(start.saturating_add(offset)) };
        match (row, cells.last()) {
            (Some(row), Some(value)) => entries.push((row.figure, Rc::from(*value))),
            _ => left += 1,
        }
    }
    (entries, left)
}

/// The row that a pasted line names, by figure name in either language, figure id or clause number.
fn find_row<'a>(work: &Work, rows: &'a [Row], cells: &[&str]) -> Option<&'a Row> {
    let (_, names) = cells.split_last()?;
    rows.iter()
        .find(|row| {
            let text = work.document.figures.get(row.figure.0 as usize);
            let id = work.document.standard.figure(row.figure).map(|figure| figure.id.as_str());
            names.iter().any(|name| {
                !name.is_empty() && (text.is_some_and(|text| text.name.zh == *name || text.name.en == *name) || id == Some(*name))
            })
        })
        .or_else(|| {
            rows.iter().find(|row| {
                let reference = work.document.clauses.get(row.clause.0 as usize).map(|text| text.reference.as_str());
                names.iter().any(|name| reference == Some(*name))
            })
        })
}
