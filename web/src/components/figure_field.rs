//! The field of a number figure, with unit, understood value and error beside it.

use std::rc::Rc;

use dabiao_core::FigureIndex;
use dabiao_view::Locale;
use dabiao_view::entry::Tone;
use dabiao_view::words::key;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::{Action, Dispatch};

/// What the field shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The figure that is filled in.
    pub figure: FigureIndex,
    /// Unique on the page.
    pub id: AttrValue,
    /// The name of the figure.
    pub label: AttrValue,
    /// What counts.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The unit behind the field.
    pub unit: AttrValue,
    /// What was typed.
    pub text: Rc<str>,
    /// The understood value or the error.
    pub message: Option<(Tone, AttrValue)>,
    /// The value that a formula gives while nothing is typed.
    #[prop_or_default]
    pub derived: Option<AttrValue>,
    /// The language of the page.
    pub locale: Locale,
    /// Where typing goes.
    pub dispatch: Dispatch,
}

/// A field for a number.
#[component]
pub fn FigureField(props: &Props) -> Html {
    let focused = use_state_eq(|| false);
    let field = use_node_ref();
    let typed = use_mut_ref(|| None::<Rc<str>>);
    {
        // What came from elsewhere while somebody is in the field is replaced as a whole by what they
        // type, and not glued to it.
        let (field, typed) = (field.clone(), Rc::clone(&typed));
        use_effect_with(Rc::clone(&props.text), move |text| {
            let is_from_elsewhere = typed.borrow().as_ref() != Some(text);
            // Whoever types fast may be ahead of this.
            let is_to_choose = |input: &HtmlInputElement| input.matches(":focus").unwrap_or_default() && input.value() == **text;
            if let Some(input) = field.cast::<HtmlInputElement>().filter(|input| is_from_elsewhere && is_to_choose(input)) {
                input.select();
            }
        });
    }
    let oninput = {
        let (dispatch, figure) = (props.dispatch.clone(), props.figure);
        Callback::from(move |event: InputEvent| {
            // A half-typed Chinese word is nobody's business yet.
            if event.is_composing() {
                return;
            }
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                let text: Rc<str> = input.value().into();
                typed.replace(Some(Rc::clone(&text)));
                dispatch.dispatch(Action::Enter(figure, text));
            }
        })
    };
    let onfocus = {
        let focused = focused.clone();
        Callback::from(move |_: FocusEvent| focused.set(true))
    };
    let onblur = {
        let focused = focused.clone();
        Callback::from(move |_: FocusEvent| focused.set(false))
    };
    let is_error = matches!(props.message, Some((Tone::Error, _)));
    // While somebody is still typing, an error is a remark; red comes when they leave the field.
    let is_red = is_error && !*focused;
    let message_class = match &props.message {
        Some((Tone::Understood, _)) => "understood",
        Some((Tone::Doubt, _)) => "doubt",
        Some((Tone::Error, _)) if is_red => "error",
        Some((Tone::Error, _)) => "pending",
        None => "none",
    };
    let message_id = format!("{}-message", props.id);
    let hint_id = format!("{}-hint", props.id);
    let placeholder = props.derived.as_ref().map(|derived| props.locale.fill(key::DERIVED_PLACEHOLDER, &[("value", derived)]));
    html! {
        <div class={classes!("field", is_red.then_some("is-red"))}>
            <label for={props.id.clone()}>{ &props.label }</label>
            <div class="field-box">
                <input
                    ref={field}
                    id={props.id.clone()}
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    spellcheck="false"
                    value={AttrValue::from(Rc::clone(&props.text))}
                    placeholder={placeholder}
                    aria-invalid={is_red.then_some("true")}
                    aria-describedby={format!("{message_id} {hint_id}")}
                    {oninput} {onfocus} {onblur}
                />
                <span class="unit">{ &props.unit }</span>
            </div>
            <p id={message_id} class={classes!("field-message", message_class)} aria-live="polite">
                { props.message.as_ref().map(|(_, text)| text.clone()).unwrap_or_default() }
            </p>
            <p id={hint_id} class="field-hint">{ props.hint.clone().unwrap_or_default() }</p>
        </div>
    }
}
