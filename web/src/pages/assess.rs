//! An assessment: the summary that stays in view, and the tabs.

use std::rc::Rc;

use dabiao_core::Verdict;
use dabiao_core::standard::Level;
use dabiao_view::Locale;
use dabiao_view::card::{ClauseCard, clause_card, level_word, place_text};
use dabiao_view::words::key;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::fill::FillTab;
use super::missing::{MissingTab, missing_tab};
use crate::browser;
use crate::components::{FigureTable, Filter, KnownValues, Summary, known_values, summary_bar};
use crate::route::{Route, Tab};
use crate::state::{Action, Dispatch, Work};
use crate::storage;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The assessment.
    pub work: Rc<Work>,
    /// The example it started from.
    pub example: Option<Example>,
    /// The language of the page.
    pub locale: Locale,
    /// Which tab.
    pub tab: Tab,
    /// What stands in the place of the workbench until it is there.
    pub workbench: Html,
    /// Where changes go.
    pub dispatch: Dispatch,
}

/// An example, as far as it must be named.
#[derive(Clone, PartialEq)]
pub struct Example {
    /// Its name.
    pub name: AttrValue,
    /// Whether its figures are real.
    pub real: bool,
}

/// The screen of an assessment.
#[component]
pub fn AssessPage(props: &Props) -> Html {
    let (work, locale, tab) = (&props.work, props.locale, props.tab);
    let filter = use_state_eq(Filter::default);
    let cards: Rc<Vec<Rc<ClauseCard>>> = {
        let document = Rc::clone(&work.document);
        let level = work.draft.level;
        // By address: the same standard arrives a second time when the language is changed.
        use_memo((Rc::as_ptr(&document), locale, level), move |_| {
            (0..)
                .map(dabiao_core::ClauseIndex)
                .take(document.standard.clauses().len())
                .filter_map(|index| clause_card(locale, &document, level, index).map(Rc::new))
                .collect()
        })
    };
    let on_filter = {
        let filter = filter.clone();
        Callback::from(move |next: Filter| filter.set(next))
    };
    let on_verdict = {
        let filter = filter.clone();
        let id = (*work.id).to_owned();
        Callback::from(move |verdict: Option<Verdict>| {
            filter.set(Filter { verdict, ..(*filter).clone() });
            browser::set_hash(&Route::Assess(id.clone(), Tab::Fill).href());
        })
    };
    let known = use_state_eq(Vec::new);
    {
        let known = known.setter();
        use_effect_with(Rc::clone(&work.id), |id| {
            let id = Rc::clone(id);
            spawn_local(async move { known.set(storage::known_values(&id).await) });
        });
    }
    // On a narrow screen the tabs are a line that scrolls.
    use_effect_with(tab, |_| browser::show_in_line(".tabs [aria-current]"));
    let report = work.assessment.report();
    html! {
        <div class="assess">
            { heading(props) }
            { summary_bar(&Summary { tally: report.total, evidenced: work.evidenced(), filter: filter.verdict, on_filter: on_verdict, locale }) }
            { known_values(&KnownValues { work: Rc::clone(work), known: Rc::new((*known).clone()), locale, dispatch: props.dispatch.clone() }) }
            <nav class="tabs" aria-label={locale.word(key::TABS_LABEL)}>
                { for Tab::ALL.into_iter().map(|other| {
                    let word = match other {
                        Tab::Fill => key::TAB_FILL,
                        Tab::Table => key::TAB_TABLE,
                        Tab::Charts => key::TAB_CHARTS,
                        Tab::Plan => key::TAB_PLAN,
                        Tab::Missing => key::TAB_MISSING,
                        Tab::Departments => key::TAB_DEPARTMENTS,
                        Tab::Files => key::TAB_FILES,
                        Tab::About => key::TAB_ABOUT,
                    };
                    let href = Route::Assess((*work.id).to_owned(), other).href();
                    html! { <a {href} aria-current={(other == tab).then_some("page")}>{ locale.word(word) }</a> }
                }) }
            </nav>
            if tab.is_in_workbench() { { props.workbench.clone() } } else { { tab_body(props, &filter, &on_filter, cards) } }
        </div>
    }
}

fn tab_body(props: &Props, filter: &UseStateHandle<Filter>, on_filter: &Callback<Filter>, cards: Rc<Vec<Rc<ClauseCard>>>) -> Html {
    let (work, locale, tab) = (&props.work, props.locale, props.tab);
    html! {
            <main id="content" class={format!("tab-body tab-{}", tab.id())} tabindex="-1">
                { match tab {
                    Tab::Fill => html! {
                        <FillTab
                            work={Rc::clone(work)} {cards} filter={(**filter).clone()} on_filter={on_filter.clone()} {locale}
                            dispatch={props.dispatch.clone()}
                        />
                    },
                    Tab::Table => html! { <FigureTable work={Rc::clone(work)} {locale} dispatch={props.dispatch.clone()} /> },
                    Tab::Missing => missing_tab(&MissingTab { work: Rc::clone(work), locale }),
                    // The workbench has a place of its own behind this one.
                    Tab::Charts | Tab::Plan | Tab::Departments | Tab::Files | Tab::About => Html::default(),
                } }
            </main>
    }
}

/// Who answers, where the standard asks more than one level.
fn level_choice(props: &Props) -> Html {
    let (locale, work) = (props.locale, &props.work);
    let levels = work.document.standard.levels();
    if levels.iter().count() < 2 {
        return Html::default();
    }
    let onchange = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
            if let Some(level) = select.and_then(|select| Level::from_id(&select.value())) {
                dispatch.dispatch(Action::SetLevel(level));
            }
        })
    };
    html! {
        <>
            <label for="level">{ locale.word(key::LEVEL_LABEL) }</label>
            <select id="level" {onchange}>
                { for levels.iter().map(|level| html! {
                    <option value={level.id()} selected={work.draft.level == level}>{ locale.word(level_word(level)) }</option>
                }) }
            </select>
        </>
    }
}

/// The place that is assessed.
fn place_name(props: &Props) -> Html {
    let locale = props.locale;
    let oninput = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input.filter(|_| !event.is_composing()) {
                dispatch.dispatch(Action::SetTitle(input.value().into()));
            }
        })
    };
    html! {
        <p class="banner own">
            { level_choice(props) }
            <label for="place-name">{ locale.word(key::PLACE_NAME) }</label>
            <input
                id="place-name" type="text" autocomplete="off" value={AttrValue::from(Rc::clone(&props.work.draft.title))}
                placeholder={locale.word(key::PLACE_NAME_HINT)} {oninput} list="places"
            />
            <datalist id="places">
                { for props.work.document.places.iter().map(|place| html! { <option value={place_text(locale, place)} /> }) }
            </datalist>
        </p>
    }
}

/// Says of an example that it is one, and of an invented one that it is invented, wherever it shows.
fn heading(props: &Props) -> Html {
    let locale = props.locale;
    let Some(Example { name, real }) = &props.example else { return place_name(props) };
    let (word, class) = if *real { (key::BANNER_REAL, "real") } else { (key::BANNER_INVENTED, "invented") };
    let clear = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Clear))
    };
    html! {
        <p class={classes!("banner", class)}>
            <strong>{ name }</strong>
            <span>{ locale.word(word) }</span>
            { level_choice(props) }
            <button type="button" class="quiet" onclick={clear}>{ locale.word(key::BANNER_START_EMPTY) }</button>
        </p>
    }
}
