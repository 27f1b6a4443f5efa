//! A place where a document disagrees with itself.

use dabiao_view::card::ContradictionCard;
use yew::prelude::*;

/// What it is, every printed value, the arithmetic, and what is used.
pub fn contradiction_body(card: &ContradictionCard) -> Html {
    html! {
        <>
            <ul class="printed">{ for card.printed.iter().map(|printed| html! { <li>{ printed }</li> }) }</ul>
            if let Some(arithmetic) = &card.arithmetic { <p class="arithmetic">{ arithmetic }</p> }
            <p>{ &card.resolution }</p>
        </>
    }
}

/// The same with its name, as a card of its own.
pub fn contradiction_article(card: &ContradictionCard) -> Html {
    html! {
        <article class="card contradiction">
            <h3>{ &card.name }<span class="badge">{ card.kind }</span></h3>
            { contradiction_body(card) }
        </article>
    }
}
