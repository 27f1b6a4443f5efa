//! Guided groups of figures: every clause under its heading, with its inputs and its verdict.

use std::rc::Rc;

use dabiao_core::{ClauseIndex, GroupIndex, Tally};
use dabiao_view::Locale;
use dabiao_view::card::ClauseCard;
use dabiao_view::outline::outline;
use dabiao_view::summary::range;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::browser;
use crate::components::{Aside, ClauseRow, Current, Filter, Filters, aside, filters};
use crate::state::{Dispatch, Work};

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The assessment.
    pub work: Rc<Work>,
    /// Every clause in words.
    pub cards: Rc<Vec<Rc<ClauseCard>>>,
    /// Which clauses are shown.
    pub filter: Filter,
    /// Changes the filter.
    pub on_filter: Callback<Filter>,
    /// The language of the page.
    pub locale: Locale,
    /// Where answers go.
    pub dispatch: Dispatch,
}

/// The guided groups.
#[component]
pub fn FillTab(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let standard = &document.standard;
    let open = use_state_eq(Vec::<ClauseIndex>::new);
    let on_toggle = {
        let open = open.clone();
        use_callback(open, |clause: ClauseIndex, open| {
            let mut next = (**open).clone();
            match next.iter().position(|other| *other == clause) {
                Some(position) => drop(next.swap_remove(position)),
                None => next.push(clause),
            }
            open.set(next);
        })
    };
    let open_all = {
        let open = open.clone();
        let all: Vec<ClauseIndex> = (0..).map(ClauseIndex).take(standard.clauses().len()).collect();
        let is_open = open.len() == all.len();
        let onclick = Callback::from(move |_: MouseEvent| open.set(if is_open { Vec::new() } else { all.clone() }));
        let word = if is_open { key::CLOSE_ALL } else { key::OPEN_ALL };
        html! { <button type="button" class="quiet" {onclick}>{ locale.word(word) }</button> }
    };
    let results = &work.assessment.report().clauses;
    let shown: Vec<&Rc<ClauseCard>> = standard
        .clauses()
        .iter()
        .zip(props.cards.iter())
        .zip(results)
        .filter(|((clause, card), result)| props.filter.admits(clause, card, result.verdict))
        .map(|((_, card), _)| card)
        .collect();
    let others = props.cards.iter().filter(|card| !card.is_own).count();
    let rows = with_headings(props, &shown, &open, &on_toggle);
    html! {
        <div class="fill">
            <nav class="groups" aria-label={locale.word(key::GROUPS_LABEL)}>{ group_links(props) }</nav>
            <div class="clauses">
                { filters(&Filters {
                    document: Rc::clone(document),
                    filter: props.filter.clone(),
                    on_filter: props.on_filter.clone(),
                    shown: (shown.len(), if props.filter.others { props.cards.len() } else { props.cards.len().saturating_sub(others) }),
                    others,
                    locale,
                }) }
                // How the list is best used, until somebody has begun.
                if !work.draft.touched && work.draft.sample.is_none() {
                    <p class="notice guidance">{ locale.text(&document.guidance) }</p>
                }
                <div class="list-tools">{ open_all }</div>
                { rows }
                if shown.is_empty() { <p class="notice">{ locale.word(key::FILTER_NOTHING) }</p> }
            </div>
            { aside(&Aside { work: Rc::clone(work), locale }) }
        </div>
    }
}

/// The rows with the headings of the groups they stand under.
fn with_headings(props: &Props, shown: &[&Rc<ClauseCard>], open: &[ClauseIndex], on_toggle: &Callback<ClauseIndex>) -> Html {
    let work = &props.work;
    let standard = &work.document.standard;
    let mut above: Vec<GroupIndex> = Vec::new();
    let mut nodes: Vec<Html> = Vec::new();
    for card in shown {
        let Some(clause) = standard.clause(card.clause) else { continue };
        let mut path: Vec<GroupIndex> = standard.group_path(clause.group).collect();
        path.reverse();
        let common = path.iter().zip(&above).take_while(|(new, old)| new == old).count();
        for (depth, group) in path.iter().enumerate().skip(common) {
            nodes.push(heading(props, *group, depth));
        }
        above = path;
        nodes.push(html! {
            <ClauseRow
                key={format!("c{}", card.clause.0)} current={Current(Rc::clone(work))} card={Rc::clone(card)}
                version={work.clause_version(card.clause)} open={open.contains(&card.clause)} on_toggle={on_toggle.clone()}
                locale={props.locale} dispatch={props.dispatch.clone()}
            />
        });
    }
    html! { <div class="rows">{ for nodes }</div> }
}

fn heading(props: &Props, group: GroupIndex, depth: usize) -> Html {
    let (document, locale) = (&props.work.document, props.locale);
    let Some(text) = document.groups.get(group.0 as usize) else { return Html::default() };
    let name = locale.text(&text.name);
    let label = text.reference.as_ref().map_or_else(|| name.to_owned(), |reference| format!("{reference}  {name}"));
    let id = format!("g-{}", group.0);
    let key = format!("g{}", group.0);
    let ours = html! { if text.ours { <span class="ours">{ locale.word(key::GROUP_OURS) }</span> } };
    match depth {
        0 => html! { <h2 {key} {id} tabindex="-1" class="group-0">{ label }{ ours }</h2> },
        1 => html! { <h3 {key} {id} tabindex="-1" class="group-1">{ label }{ ours }</h3> },
        _ => html! { <h4 {key} {id} tabindex="-1" class="group-2">{ label }{ ours }</h4> },
    }
}

fn group_links(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let report = work.assessment.report();
    let shown = outline(&document.standard);
    let links = (0..).map(GroupIndex).zip(document.standard.groups()).filter_map(|(index, group)| {
        let depth = document.standard.group_path(index).count().saturating_sub(1);
        // The shown groups, and the ones at the top that they stand under.
        if !(group.parent.is_none() || shown.contains(&index)) {
            return None;
        }
        let text = document.groups.get(index.0 as usize)?;
        let tally = report.groups.get(index.0 as usize)?;
        // A group that only other levels answer is listed no more than its clauses.
        if *tally == Tally::default() && !props.filter.others {
            return None;
        }
        let onclick = Callback::from(move |_: MouseEvent| browser::reveal(&format!("g-{}", index.0)));
        Some(html! {
            <li class={(depth > 0).then_some("second")}>
                <button type="button" class="link" {onclick}>{ locale.text(&text.name) }</button>
                <span class="group-tally">
                    { format!("{}/{}", tally.met, tally.applicable()) }
                    <span class="muted">{ range(*tally) }</span>
                </span>
            </li>
        })
    });
    html! { <ul>{ for links }</ul> }
}
