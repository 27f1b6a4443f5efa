//! Earlier states of the assessment, what differs, and the way back.

use dabiao_draft::change::changes;
use dabiao_draft::ledger::{Snapshot, read_snapshot, snapshot_prefix};
use dabiao_draft::{Change, read_draft};
use dabiao_view::words::key;
use dabiao_web::browser;
use dabiao_web::storage::store;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Props;
use super::changes::{name_of, value_of};

/// How many changes are shown at once.
const SHOWN: usize = 200;

/// The earlier states.
#[component]
pub(crate) fn HistoryCard(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let snapshots = use_state_eq(Vec::<Snapshot>::new);
    let open = use_state_eq(|| None::<u32>);
    {
        let snapshots = snapshots.setter();
        let id = work.id.clone();
        // Read again with every change: one of them may have taken a snapshot.
        use_effect_with((id, work.version), move |(id, _)| {
            let id = id.clone();
            spawn_local(async move {
                // At once, and when the change is written.
                for milliseconds in [0, 1_000] {
                    TimeoutFuture::new(milliseconds).await;
                    // Where nothing is kept there are no earlier states.
                    let kept = store::list(&snapshot_prefix(&id)).await.unwrap_or_default();
                    snapshots.set(kept.iter().rev().filter_map(read_snapshot).collect());
                }
            });
        });
    }
    let present = work.record();
    let rows = snapshots.iter().map(|snapshot| {
        let different: Vec<Change> = changes(&snapshot.record, &present);
        let revision = snapshot.revision;
        let is_open = *open == Some(revision);
        let toggle = {
            let open = open.clone();
            Callback::from(move |_: MouseEvent| open.set((!is_open).then_some(revision)))
        };
        let restore = {
            let (act, now, record) = (props.act.clone(), present.clone(), snapshot.record.clone());
            Callback::from(move |_: MouseEvent| act.rebase(now.clone(), record.clone()))
        };
        let is_readable = read_draft(&snapshot.record, &work.document.standard).is_ok();
        html! {
            <li key={revision}>
                <div class="snapshot">
                    <strong>{ browser::date_text(snapshot.saved) }</strong>
                    <button type="button" class="quiet" aria-expanded={is_open.to_string()} disabled={different.is_empty()} onclick={toggle}>
                        { if different.is_empty() {
                            locale.word(key::HISTORY_SAME).to_owned()
                        } else {
                            locale.fill(key::HISTORY_DIFFERS, &[("count", &different.len().to_string())])
                        } }
                    </button>
                    if is_readable && !different.is_empty() {
                        <button type="button" class="quiet" onclick={restore}>{ locale.word(key::HISTORY_RESTORE) }</button>
                    }
                </div>
                if is_open { { differences(props, &different) } }
            </li>
        }
    });
    html! {
        <section class="card history">
            <h2>{ locale.word(key::HISTORY_TITLE) }</h2>
            <p class="muted">{ locale.word(key::HISTORY_WHAT) }</p>
            if snapshots.is_empty() { <p>{ locale.word(key::HISTORY_NONE) }</p> }
            <ol>{ for rows }</ol>
        </section>
    }
}

fn differences(props: &Props, different: &[Change]) -> Html {
    let (locale, document) = (props.locale, &props.work.document);
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::HISTORY_TITLE)}>
            <table>
                <thead><tr>{ for [key::CHANGE_WHAT, key::HISTORY_THEN, key::CHANGE_NOW].map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }</tr></thead>
                <tbody>
                    { for different.iter().take(SHOWN).map(|change| html! {
                        <tr>
                            <th scope="row">{ name_of(locale, document, change) }</th>
                            <td>{ value_of(locale, document, change, &change.before) }</td>
                            <td>{ value_of(locale, document, change, &change.after) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
