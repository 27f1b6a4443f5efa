//! Where files are chosen or dropped.

use dabiao_web::browser;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The id of the field.
    pub(crate) id: &'static str,
    /// What the button says.
    pub(crate) label: AttrValue,
    /// What stands beside it.
    pub(crate) hint: AttrValue,
    /// Which kinds of files are offered.
    pub(crate) accept: &'static str,
    /// Whether several may be chosen at once.
    #[prop_or_default]
    pub(crate) multiple: bool,
    /// Where the files go, with their names; never none.
    pub(crate) on_files: Callback<Vec<(String, Vec<u8>)>>,
}

/// A button for files that takes dropped ones too.
#[component]
pub(crate) fn FileChooser(props: &Props) -> Html {
    let is_over = use_state_eq(|| false);
    let onchange = {
        let on_files = props.on_files.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
            let on_files = on_files.clone();
            spawn_local(async move {
                let files = browser::read_files(input.files()).await;
                // The same file can be chosen again after it was mended.
                input.set_value("");
                if !files.is_empty() {
                    on_files.emit(files);
                }
            });
        })
    };
    let hover = |now: bool| {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            // Without this the browser would open the file in place of the page.
            event.prevent_default();
            is_over.set(now);
        })
    };
    let ondrop = {
        let (on_files, is_over, multiple) = (props.on_files.clone(), is_over.clone(), props.multiple);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            let (on_files, dropped) = (on_files.clone(), event.data_transfer().and_then(|transfer| transfer.files()));
            spawn_local(async move {
                let mut files = browser::read_files(dropped).await;
                files.truncate(if multiple { usize::MAX } else { 1 });
                if !files.is_empty() {
                    on_files.emit(files);
                }
            });
        })
    };
    html! {
        <div class={classes!("drop-area", is_over.then_some("over"))} ondragenter={hover(true)} ondragover={hover(true)} ondragleave={hover(false)} {ondrop}>
            <input id={props.id} class="visually-hidden" type="file" multiple={props.multiple} accept={props.accept} {onchange} />
            <label for={props.id} class="primary">{ &props.label }</label>
            <span class="muted">{ &props.hint }</span>
        </div>
    }
}
