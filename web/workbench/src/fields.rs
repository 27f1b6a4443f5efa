//! The small fields of the planner. Plain functions: each is drawn with the view it stands in.

use dabiao_analysis::plan::Quarter;
use dabiao_core::{EntryError, Exact, Figure, FigureKind, Period, Scope, Unit, Value, parse_entry};
use dabiao_view::Locale;
use dabiao_view::entry::{Tone, message};
use dabiao_view::planning::quarter_text;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A plain decimal: person-months and months have no unit of the standards' kind.
pub(crate) const PLAIN: Unit = Unit::Percent;

/// What an amount is: money in 万元, months, counts or percent.
fn amount_figure(unit: Unit) -> Figure {
    let kind = FigureKind::Number { unit, min: Some(Exact::ZERO), max: None };
    Figure { id: String::new(), kind, scope: Scope::None, period: Period::None, formula: None }
}

/// A typed amount; `None` if nothing is typed.
pub(crate) fn parse_amount(text: &str, unit: Unit) -> Result<Option<Exact>, EntryError> {
    let entry = parse_entry(text, &amount_figure(unit))?;
    Ok(entry.and_then(|entry| match entry.value {
        Value::Number(number) => Some(number),
        // Of an amount that is only known roughly, the dearer end is the safer one to plan with.
        Value::Between(range) => Some(range.high()),
        Value::YesNo(_) => None,
    }))
}

/// The message for a typed amount.
pub(crate) fn amount_message(locale: Locale, text: &str, unit: Unit) -> Option<String> {
    let figure = amount_figure(unit);
    let entry = parse_entry(text, &figure);
    let (tone, text) = message(locale, figure.kind, text, entry.as_ref().map(|entry| *entry))?;
    (tone == Tone::Error).then_some(text)
}

/// A labelled field for text; what is wrong with it stands below.
pub(crate) fn text_field(id: &str, label: &str, text: &str, problem: Option<String>, on_text: Callback<String>) -> Html {
    let problem_id = format!("{id}-problem");
    html! {
        <div class={classes!("field", "plan-field", problem.is_some().then_some("is-red"))}>
            <label for={id.to_owned()}>{ label.to_owned() }</label>
            { bare_field(id, None, text, problem.is_some().then(|| problem_id.clone()), on_text) }
            if let Some(problem) = problem { <p id={problem_id} class="field-message error">{ problem }</p> }
        </div>
    }
}

/// A field without a visible label, for tables.
pub(crate) fn bare_field(id: &str, label: Option<String>, text: &str, problem_id: Option<String>, on_text: Callback<String>) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input.filter(|_| !event.is_composing()) {
            on_text.emit(input.value());
        }
    });
    html! {
        <input
            id={id.to_owned()} type="text" autocomplete="off" spellcheck="false" aria-label={label} value={text.to_owned()}
            aria-invalid={problem_id.is_some().then_some("true")} aria-describedby={problem_id} {oninput}
        />
    }
}

/// A labelled choice; options are values with their words.
pub(crate) fn choice(id: &str, label: &str, options: &[(String, String)], chosen: &str, on_choice: Callback<String>) -> Html {
    html! {
        <div class="field plan-field">
            <label for={id.to_owned()}>{ label.to_owned() }</label>
            { bare_choice(id, None, options, chosen, on_choice) }
        </div>
    }
}

/// A choice without a visible label, for tables.
pub(crate) fn bare_choice(
    id: &str,
    label: Option<String>,
    options: &[(String, String)],
    chosen: &str,
    on_choice: Callback<String>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            on_choice.emit(select.value());
        }
    });
    html! {
        <select id={id.to_owned()} aria-label={label} {onchange}>
            { for options.iter().map(|(value, word)| html! {
                <option value={value.clone()} selected={value == chosen}>{ word.clone() }</option>
            }) }
        </select>
    }
}

/// Quarters to choose from, as values for [`crate::project::read_quarter`].
pub(crate) fn quarter_options(locale: Locale, first: Quarter, count: u32) -> Vec<(String, String)> {
    let quarters = (0..count).map(|later| first.later(later));
    quarters.map(|quarter| (quarter_value(quarter), quarter_text(locale, quarter))).collect()
}

/// A quarter as the value of an option.
pub(crate) fn quarter_value(quarter: Quarter) -> String {
    format!("{}-{}", quarter.year(), quarter.number())
}
