//! Yes or no; neither pressed means unknown, and pressing again takes an answer back.

use std::rc::Rc;

use dabiao_core::FigureIndex;
use dabiao_view::Locale;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::state::{Action, Dispatch};

/// What the field shows.
pub struct YesNoField {
    /// The figure that is answered.
    pub figure: FigureIndex,
    /// The question.
    pub label: AttrValue,
    /// Whether the question stands beside the buttons already.
    pub bare: bool,
    /// The present answer.
    pub answer: Option<bool>,
    /// The language of the page.
    pub locale: Locale,
    /// Where answers go.
    pub dispatch: Dispatch,
}

/// A field for yes or no.
pub fn yes_no_field(props: &YesNoField) -> Html {
    let button = |answer: bool| {
        let pressed = props.answer == Some(answer);
        let (dispatch, figure) = (props.dispatch.clone(), props.figure);
        let onclick = Callback::from(move |_: MouseEvent| {
            let text: Rc<str> = match (pressed, answer) {
                (true, _) => "".into(),
                (false, true) => "yes".into(),
                (false, false) => "no".into(),
            };
            dispatch.dispatch(Action::Enter(figure, text));
        });
        let word = if answer { key::ANSWER_YES } else { key::ANSWER_NO };
        html! {
            <button type="button" class={if answer { "yes" } else { "no" }} aria-pressed={pressed.to_string()} {onclick}>
                { props.locale.word(word) }
            </button>
        }
    };
    html! {
        <div class={classes!("yes-no", props.bare.then_some("bare"))} role="group" aria-label={props.label.clone()}>
            if !props.bare {
                <span class="yes-no-label" aria-hidden="true">{ &props.label }</span>
            }
            <span class="yes-no-buttons">
                { button(true) }
                { button(false) }
            </span>
        </div>
    }
}
