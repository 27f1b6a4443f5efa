//! What goes out of an assessment as a file or link, what comes in, and its earlier states.

mod certificate;
mod changes;
mod export;
mod history;
mod import;
mod link;
mod paper;

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_web::state::Work;
use yew::prelude::*;

use crate::actions::Actions;
use certificate::CertificateLine;
use export::ExportCard;
use history::HistoryCard;
use import::ImportCard;
use link::LinkCard;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The assessment.
    pub(crate) work: Rc<Work>,
    /// The packed file of its standard.
    pub(crate) packed: Rc<[u8]>,
    /// The language of the page.
    pub(crate) locale: Locale,
    /// The way to the app.
    pub(crate) act: Actions,
}

/// The files of an assessment.
#[component]
pub(crate) fn FilesTab(props: &Props) -> Html {
    html! {
        <section class="files">
            <CertificateLine ..props.clone() />
            <ExportCard ..props.clone() />
            <ImportCard ..props.clone() />
            <LinkCard ..props.clone() />
            <HistoryCard ..props.clone() />
        </section>
    }
}
