//! The browser, in the few words the app needs. The only module besides `storage` that touches it
//! outside of hooks.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Document, Element, Event, FileList, HtmlAnchorElement, HtmlCanvasElement, HtmlElement,
    HtmlImageElement, HtmlTextAreaElement, InputEvent, InputEventInit, ScrollIntoViewOptions, ScrollLogicalPosition, Url, Window,
};

/// The window; missing only where there is no page.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The part of the address behind `#`.
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Goes to another place of the app.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        // A hash is always allowed, on file:// too.
        let _ = window.location().set_hash(hash);
    }
}

/// Goes to another place of the app without a step in the browser's history.
pub fn replace_hash(hash: &str) {
    if let Some(window) = window() {
        // A hash is always allowed, on file:// too.
        let _ = window.location().replace(hash);
        // The browser says so only later, and until then the page would show neither place.
        if let Ok(event) = Event::new("hashchange") {
            let _ = window.dispatch_event(&event);
        }
    }
}

/// The time, in milliseconds since 1970.
pub fn now() -> u64 {
    // Whole, and positive since 1970.
    js_sys::Date::now() as u64
}

/// A moment (milliseconds since 1970) as hours and minutes here.
pub fn clock_text(moment: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(moment as f64));
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// A moment (milliseconds since 1970) as a date and time here.
pub fn date_text(moment: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(moment as f64));
    format!("{}-{:02}-{:02} {}", date.get_full_year(), date.get_month() + 1, date.get_date(), clock_text(moment))
}

/// Whether the person reads other languages rather than Chinese.
pub fn prefers_english() -> bool {
    let language = window().and_then(|window| window.navigator().language());
    language.is_some_and(|language| !language.to_ascii_lowercase().starts_with("zh"))
}

/// Sets an attribute of the root element, such as the language or the theme.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // Only a malformed name is refused, and the names are ours.
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Opens the browser's print dialogue.
pub fn print() {
    if let Some(window) = window() {
        // Refused only where there is nothing to print to.
        let _ = window.print();
    }
}

/// Brings an element into view and gives it the focus.
pub fn reveal(id: &str) {
    let Some(element) = element(id) else { return };
    element.scroll_into_view();
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        // Only a detached element cannot be focused.
        let _ = element.focus();
    }
}

/// A name that no other page has.
pub fn token() -> String {
    // Written by the browser: the code that writes such numbers is larger than everything else about this.
    let chance = js_sys::Number::from(js_sys::Math::random()).to_string_with_radix(36).map(String::from).unwrap_or_default();
    format!("{}-{chance}", now())
}

/// Brings the first element of a selector into view along the line it stands in, if there is one.
pub fn show_in_line(selector: &str) {
    if let Some(element) = document().and_then(|document| document.query_selector(selector).ok().flatten()) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Gives an element the focus, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Only a detached element cannot be focused.
        let _ = element.focus();
    }
}

/// What a JavaScript error says.
pub fn error_text(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |error| String::from(error.message()))
}

/// Offers a text as a file to save.
pub fn download(name: &str, mime: &str, text: &str) {
    download_part(name, mime, &text.into());
}

/// Offers bytes as a file to save.
pub fn download_bytes(name: &str, mime: &str, bytes: &[u8]) {
    download_part(name, mime, &js_sys::Uint8Array::from(bytes).into());
}

fn download_part(name: &str, mime: &str, part: &JsValue) {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let Ok(blob) = Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(part), &options) else { return };
    if let Ok(url) = Url::create_object_url_with_blob(&blob) {
        download_url(name, &url);
        let _ = Url::revoke_object_url(&url);
    }
}

/// Files that were chosen or dropped, with their names. A file that cannot be read is left out.
pub async fn read_files(files: Option<FileList>) -> Vec<(String, Vec<u8>)> {
    let mut read = Vec::new();
    for index in 0..files.as_ref().map_or(0, FileList::length) {
        let Some(file) = files.as_ref().and_then(|files| files.get(index)) else { continue };
        if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
            read.push((file.name(), js_sys::Uint8Array::new(&buffer).to_vec()));
        }
    }
    read
}

/// The address of the page without what stands behind `#`.
pub fn address_without_hash() -> String {
    let address = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Copies a text; where the browser does not allow it, selects the field with this id, so that the person
/// can. Whether it was copied.
pub async fn copy(field: &str, text: &str) -> bool {
    let clipboard = window().map(|window| window.navigator().clipboard()).filter(|clipboard| clipboard.is_truthy());
    if let Some(clipboard) = clipboard
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return true;
    }
    if let Some(field) = element(field).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) {
        field.select();
    }
    false
}

/// Offers an address of this page's own making as a file to save.
pub fn download_url(name: &str, url: &str) {
    let anchor =
        document().and_then(|document| document.create_element("a").ok()).and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(url);
        anchor.set_download(name);
        anchor.click();
    }
}

/// Draws an SVG text at twice its size and offers it as a PNG file.
pub fn download_png(name: &str, svg: &str) {
    let parts = js_sys::Array::of1(&svg.into());
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let (Ok(blob), Ok(image)) = (Blob::new_with_str_sequence_and_options(&parts, &options), HtmlImageElement::new()) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let drawn = {
        let (image, name, url) = (image.clone(), name.to_owned(), url.clone());
        Closure::once_into_js(move || {
            if let Some(png) = png_url(&image) {
                download_url(&name, &png);
            }
            let _ = Url::revoke_object_url(&url);
        })
    };
    image.set_onload(Some(drawn.unchecked_ref()));
    image.set_src(&url);
}

fn png_url(image: &HtmlImageElement) -> Option<String> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(image.natural_width().saturating_mul(2));
    canvas.set_height(image.natural_height().saturating_mul(2));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.scale(2.0, 2.0).ok()?;
    context.draw_image_with_html_image_element(image, 0.0, 0.0).ok()?;
    canvas.to_data_url_with_type("image/png").ok()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = dabiaoRecovery, js_name = note)]
    fn note_failure(message: &str);
}

/// Tells the recovery bar (`web/recovery.js`) what went wrong, should the program ever stop.
pub fn install_panic_note() {
    std::panic::set_hook(Box::new(|info| note_failure(&info.to_string())));
}

/// A Chinese word being composed arrives as `input` events that say so, and its end only as
/// `compositionend`, which Yew does not listen to. Turns that end into one more `input` event, so
/// that fields can ignore half-typed words and still hear of the finished one.
pub fn install_composition_bridge() {
    let bridge = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let init = InputEventInit::new();
        init.set_bubbles(true);
        if let (Some(target), Ok(input)) = (event.target(), InputEvent::new_with_event_init_dict("input", &init)) {
            // The event is freshly made and cannot be refused.
            let _ = target.dispatch_event(&input);
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback("compositionend", bridge.as_ref().unchecked_ref());
    }
    // Lives as long as the page.
    bridge.forget();
}
