//! All charts of an assessment.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::chart::{Chart, bars, bullets, radar, ways};
use dabiao_view::words::key;
use dabiao_web::state::Work;
use yew::prelude::*;

use crate::components::ChartFrame;

/// What is shown.
pub(crate) struct ChartsTab {
    /// The assessment.
    pub(crate) work: Rc<Work>,
    /// The language of the page.
    pub(crate) locale: Locale,
}

/// The charts.
pub(crate) fn charts_tab(props: &ChartsTab) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let report = work.assessment.report();
    let charts = [
        (bars(locale, &work.document, report), key::CHART_BARS, "groups"),
        (radar(locale, &work.document, report), key::CHART_RADAR, "radar"),
        (ways(locale, &work.document, report), key::CHART_WAYS, "ways"),
        (bullets(locale, &work.document, report), key::CHART_BULLETS, "gaps"),
    ];
    html! {
        <div class="charts">
            { for charts.into_iter().filter(|(chart, ..)| !chart.is_empty()).map(|(chart, title, name)| html! {
                <ChartFrame<Chart> key={name} {chart} title={locale.word(title)} {name} {locale} />
            }) }
        </div>
    }
}
