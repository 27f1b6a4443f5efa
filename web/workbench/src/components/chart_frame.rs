//! A chart on the page: legend, picture, tooltip by mouse and keyboard, table, and export.

use std::rc::Rc;

use dabiao_chart::metrics::text_width;
use dabiao_chart::svg::{list, svg};
use dabiao_chart::{Anchor, Drawable, Ink, Look, Mark, Picture, Role, Shape};
use dabiao_view::Locale;
use dabiao_view::words::key;
use dabiao_web::browser;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::hooks::{use_visible, use_width};

/// Size of the text in pixels.
const FONT: u32 = 13;
/// The width of an exported picture in pixels.
const EXPORT_WIDTH: u32 = 960;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props<C: Drawable> {
    /// The chart.
    pub(crate) chart: C,
    /// Its title.
    pub(crate) title: AttrValue,
    /// The name of exported files.
    pub(crate) name: AttrValue,
    /// The language of the page.
    pub(crate) locale: Locale,
    /// Without table and export.
    #[prop_or_default]
    pub(crate) compact: bool,
}

/// A chart with all that belongs to it.
#[component]
pub(crate) fn ChartFrame<C: Drawable>(props: &Props<C>) -> Html {
    let locale = props.locale;
    let node = use_node_ref();
    let visible = use_visible(node.clone());
    let width = use_width(node.clone());
    let hidden = use_state_eq(Vec::<Role>::new);
    let active = use_state_eq(|| None::<u16>);
    // What cannot be seen is not drawn.
    let picture: Rc<Picture> =
        use_memo((props.chart.clone(), width, (*hidden).clone(), visible, locale), |(chart, width, hidden, visible, locale)| {
            if *visible && *width > 0 {
                chart.draw(Look { width: *width, font: FONT, hidden, locale: *locale })
            } else {
                Picture::default()
            }
        });
    let onmousemove = {
        let active = active.clone();
        Callback::from(move |event: MouseEvent| active.set(mark_of(event.target())))
    };
    let onmouseleave = {
        let active = active.clone();
        Callback::from(move |_: MouseEvent| active.set(None))
    };
    let onblur = {
        let active = active.clone();
        Callback::from(move |_: FocusEvent| active.set(None))
    };
    let onkeydown = {
        let (active, marks) = (active.clone(), u16::try_from(picture.marks.len()).unwrap_or(u16::MAX));
        Callback::from(move |event: KeyboardEvent| {
            let next = match (event.key().as_str(), *active) {
                ("ArrowDown" | "ArrowRight", None) | ("Home", _) => Some(0),
                ("ArrowDown" | "ArrowRight", Some(mark)) => Some(mark.saturating_add(1).min(marks.saturating_sub(1))),
                ("ArrowUp" | "ArrowLeft", Some(mark)) => Some(mark.saturating_sub(1)),
                ("End", _) => Some(marks.saturating_sub(1)),
                ("Escape", Some(_)) => None,
                _ => return,
            };
            event.prevent_default();
            active.set(next.filter(|_| marks > 0));
        })
    };
    let tip = active.and_then(|mark| picture.marks.get(usize::from(mark)));
    html! {
        <section class={classes!("card", "chart", props.compact.then_some("compact"))} data-chart={props.name.clone()}>
            <h3>{ &props.title }</h3>
            { legend_buttons(props, &hidden) }
            <div class="canvas" ref={node}>
                if picture.width > 0 {
                    <svg
                        class="picture" viewBox={format!("0 0 {} {}", picture.width, picture.height)}
                        width={picture.width.to_string()} height={picture.height.to_string()}
                        role="group" tabindex="0" aria-label={locale.fill(key::CHART_LABEL, &[("title", &props.title)])}
                        {onmousemove} {onmouseleave} {onkeydown} {onblur}
                    >
                        { for picture.shapes.iter().map(|shape| shape_node(shape, *active)) }
                        { tip.map(|mark| tooltip(mark, picture.width)).unwrap_or_default() }
                    </svg>
                }
            </div>
            <p class="visually-hidden" aria-live="polite">{ tip.map(|mark| mark.lines.join(locale.word(key::SEMICOLON))).unwrap_or_default() }</p>
            if !props.compact {
                { exports(props, &hidden) }
                { table(props) }
            }
        </section>
    }
}

fn legend_buttons<C: Drawable>(props: &Props<C>, hidden: &UseStateHandle<Vec<Role>>) -> Html {
    let locale = props.locale;
    html! {
        <div class="legend" role="group" aria-label={locale.word(key::LEGEND_LABEL)}>
            { for props.chart.legend(locale).into_iter().map(|(role, word)| {
                let is_shown = !hidden.contains(&role);
                let hidden = hidden.clone();
                let onclick = Callback::from(move |_: MouseEvent| {
                    let mut next = (*hidden).clone();
                    if is_shown { next.push(role) } else { next.retain(|other| *other != role) }
                    hidden.set(next);
                });
                html! {
                    <button type="button" aria-pressed={is_shown.to_string()} {onclick}>
                        <svg class="swatch" viewBox="0 0 14 14" aria-hidden="true"><rect class={classes!("shape", role.class())} width="14" height="14" rx="2" /></svg>
                        { word }
                    </button>
                }
            }) }
        </div>
    }
}

/// The mark that an element under the pointer belongs to.
fn mark_of(target: Option<web_sys::EventTarget>) -> Option<u16> {
    target?.dyn_into::<Element>().ok()?.get_attribute("data-mark")?.parse().ok()
}

fn shape_node(shape: &Shape, active: Option<u16>) -> Html {
    let class = |ink: &Ink, kind: &'static str| {
        let is_active = ink.mark.is_some() && ink.mark == active;
        classes!("shape", kind, ink.role.class(), is_active.then_some("active"))
    };
    let mark = |ink: &Ink| ink.mark.map(|mark| mark.to_string());
    match shape {
        Shape::Rect { x, y, width, height, ink } => html! {
            <rect class={class(ink, "area")} data-mark={mark(ink)} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} />
        },
        Shape::Path { points, width, ink } => html! {
            <polyline class={class(ink, "stroke")} data-mark={mark(ink)} points={list(points)} stroke-width={width.to_string()} />
        },
        Shape::Polygon { points, ink } => html! { <polygon class={class(ink, "region")} points={list(points)} /> },
        Shape::Circle { at, radius, ink } => html! {
            <circle class={class(ink, "area")} data-mark={mark(ink)} cx={at.0.to_string()} cy={at.1.to_string()} r={radius.to_string()} />
        },
        Shape::Text { at, anchor, size, text, ink } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            html! {
                <text
                    class={class(ink, "text")} data-mark={mark(ink)} x={at.0.to_string()} y={at.1.to_string()}
                    font-size={size.to_string()} text-anchor={anchor} dominant-baseline="central"
                >{ text }</text>
            }
        }
    }
}

/// The tooltip, inside the picture: an element of its own would need an inline style to be placed.
fn tooltip(mark: &Mark, width: u32) -> Html {
    let (font, width) = (pixel(f64::from(FONT)), i32::try_from(width).unwrap_or(i32::MAX));
    let line_height = font * 8 / 5;
    let text = mark.lines.iter().map(|line| text_width(line, f64::from(FONT))).fold(0.0, f64::max);
    let box_width = pixel(text) + font * 8 / 5;
    let lines = i32::try_from(mark.lines.len()).unwrap_or(i32::MAX);
    let box_height = lines.saturating_mul(line_height).saturating_add(font);
    let x = (mark.at.0 - box_width / 2).clamp(0, (width - box_width).max(0));
    let above = mark.at.1.saturating_sub(box_height).saturating_sub(6);
    let y = if above < 0 { mark.at.1.saturating_add(24) } else { above };
    html! {
        <g class="tip" transform={format!("translate({x} {y})")}>
            <rect width={box_width.to_string()} height={box_height.to_string()} rx="6" />
            { for mark.lines.iter().zip(0..).map(|(line, index)| html! {
                <text
                    class={(index == 0).then_some("title")} x={(font * 4 / 5).to_string()}
                    y={(font / 2 + line_height * index + line_height / 2).to_string()} font-size={FONT.to_string()} dominant-baseline="central"
                >{ line }</text>
            }) }
        </g>
    }
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a screen")]
fn pixel(length: f64) -> i32 {
    length.ceil() as i32
}

fn exports<C: Drawable>(props: &Props<C>, hidden: &UseStateHandle<Vec<Role>>) -> Html {
    let locale = props.locale;
    let text = {
        let (chart, title, hidden) = (props.chart.clone(), props.title.clone(), hidden.clone());
        Rc::new(move || {
            let picture = chart.draw(Look { width: EXPORT_WIDTH, font: FONT, hidden: &hidden, locale });
            svg(&picture, &title, locale.word(key::APP_TITLE))
        })
    };
    let save_svg = {
        let (text, name) = (Rc::clone(&text), props.name.clone());
        Callback::from(move |_: MouseEvent| browser::download(&format!("dabiao-{name}.svg"), "image/svg+xml", &text()))
    };
    let save_png = {
        let name = props.name.clone();
        Callback::from(move |_: MouseEvent| browser::download_png(&format!("dabiao-{name}.png"), &text()))
    };
    html! {
        <p class="exports">
            <button type="button" class="quiet" data-export="png" onclick={save_png}>{ locale.word(key::EXPORT_PNG) }</button>
            <button type="button" class="quiet" data-export="svg" onclick={save_svg}>{ locale.word(key::EXPORT_SVG) }</button>
        </p>
    }
}

fn table<C: Drawable>(props: &Props<C>) -> Html {
    let locale = props.locale;
    let table = props.chart.table(locale);
    html! {
        <details class="chart-table">
            <summary>{ locale.word(key::SHOW_TABLE) }</summary>
            <div class="scroll">
                <table>
                    <thead><tr>{ for table.heads.iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                    <tbody>
                        { for table.rows.iter().map(|row| html! {
                            <tr>
                                { for row.iter().enumerate().map(|(index, cell)| if index == 0 {
                                    html! { <th scope="row">{ cell }</th> }
                                } else {
                                    html! { <td>{ cell }</td> }
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
