//! All charts of an assessment.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::chart::{Chart, bars, bullets, radar, ways};
use dabiao_view::words::key;
use yew::prelude::*;

use crate::components::ChartFrame;
use crate::state::Work;

/// What is shown.
pub struct ChartsTab {
    /// The assessment.
    pub work: Rc<Work>,
    /// The language of the page.
    pub locale: Locale,
}

/// The charts.
pub fn charts_tab(props: &ChartsTab) -> Html {
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
