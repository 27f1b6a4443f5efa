//! The bar at the top: product, standard, saved or not, language and colours.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::browser;
use crate::keeper::{Keeper, Keeping, SaveStatus};
use crate::state::{Action, Dispatch, Theme, Work};

/// What is shown.
pub struct TopBar {
    /// The language of the page.
    pub locale: Locale,
    /// The colours of the page.
    pub theme: Theme,
    /// The open assessment.
    pub work: Option<Rc<Work>>,
    /// What is known about keeping.
    pub keeping: Keeping,
    /// What keeps.
    pub keeper: Rc<Keeper>,
    /// Where choices go.
    pub dispatch: Dispatch,
}

/// The bar.
pub fn top_bar(props: &TopBar) -> Html {
    let locale = props.locale;
    let other = match locale {
        Locale::Zh => Locale::En,
        Locale::En => Locale::Zh,
    };
    let switch_language = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::SetLocale(other)))
    };
    let (next_theme, theme_word) = match props.theme {
        Theme::Auto => (Theme::Light, key::THEME_AUTO),
        Theme::Light => (Theme::Dark, key::THEME_LIGHT),
        Theme::Dark => (Theme::Auto, key::THEME_DARK),
    };
    let switch_theme = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::SetTheme(next_theme)))
    };
    let step = |action: fn(&Rc<Keeper>)| {
        let keeper = Rc::clone(&props.keeper);
        Callback::from(move |_: MouseEvent| action(&keeper))
    };
    let saved = props.work.as_deref().map(|work| match props.keeping.status(work) {
        SaveStatus::Idle => String::new(),
        SaveStatus::Saving => locale.word(key::SAVING).to_owned(),
        SaveStatus::Saved(at) => locale.fill(key::SAVED, &[("time", &browser::clock_text(at))]),
        SaveStatus::Refused => locale.word(key::NOT_SAVED).to_owned(),
    });
    html! {
        <header class="top-bar">
            <a class="brand" href="#/" aria-label={locale.word(key::BACK_HOME)}>
                <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M3 20V9h4v11zm7 0V4h4v16zm7 0v-7h4v7z" />
                    <path class="line" d="M1 11.5h22" />
                </svg>
                <span class="brand-zh" lang="zh-CN">{ "达标" }</span>
                <span class="brand-en" lang="en">{ "Dabiao" }</span>
            </a>
            if let Some(work) = &props.work {
                <span class="top-standard">{ locale.text(&work.document.name) }</span>
            }
            <span class="saved" role="status">{ saved.unwrap_or_default() }</span>
            if props.work.is_some() {
                <button
                    type="button" class="quiet step" disabled={!props.keeping.can_undo} onclick={step(Keeper::undo)}
                    aria-label={locale.word(key::STEP_BACK)} title={locale.word(key::STEP_BACK)}
                >{ "↶" }</button>
                <button
                    type="button" class="quiet step" disabled={!props.keeping.can_redo} onclick={step(Keeper::redo)}
                    aria-label={locale.word(key::STEP_FORWARD)} title={locale.word(key::STEP_FORWARD)}
                >{ "↷" }</button>
            }
            <button type="button" class="quiet" onclick={switch_theme} aria-label={locale.word(key::THEME_LABEL)}>{ locale.word(theme_word) }</button>
            <button type="button" class="quiet" lang={other.tag()} onclick={switch_language}>{ other.word(key::LANGUAGE_NAME) }</button>
        </header>
    }
}
