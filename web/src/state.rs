//! What the app knows: the person's preferences and the open assessment.
//!
//! `State` changes only through [`Action`] and [`reduce`](State::reduce), which is pure.

mod library;
mod work;

use std::rc::Rc;

use dabiao_catalog::{Bundle, Document};
use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, FigureIndex};
use dabiao_draft::{ClauseDraft, Draft};
use dabiao_view::Locale;
use serde_json::Value;
use yew::prelude::*;

pub use library::{Failure, Library};
pub use work::Work;

/// Preferences that outlive an assessment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The chosen language, if one was chosen.
    pub locale: Option<Locale>,
    /// The chosen colours.
    pub theme: Theme,
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Everything the app knows.
#[derive(Clone, PartialEq)]
pub struct State {
    /// What the person prefers.
    pub preferences: Preferences,
    /// The language when none was chosen.
    fallback: Locale,
    /// The standards that have been fetched.
    pub library: Library,
    /// The example to open as soon as its standard is there.
    pub awaited_sample: Option<Rc<str>>,
    /// The open assessment.
    pub work: Option<Rc<Work>>,
}

/// What a person can do.
pub enum Action {
    /// Choose a language.
    SetLocale(Locale),
    /// Choose colours.
    SetTheme(Theme),
    /// Keep a fetched standard, the language it is in, and its packed file.
    Loaded(Box<Bundle>, Locale, Rc<[u8]>),
    /// A standard could not be had; `None` to try again.
    LoadFailed(Option<Failure>),
    /// Open an assessment.
    Open(Box<Work>),
    /// Close the assessment: what is kept under its id was changed or removed.
    Close,
    /// Go on with the second record in place of the first; what was typed since the first stays.
    Rebase(Value, Value),
    /// The same, as an assessment of its own that is kept under another id.
    GoOnAs(Rc<str>, Value, Value),
    /// Fetch a standard anew when it is wanted again: it was changed.
    Forget(Rc<str>),
    /// Open an example, now or as soon as its standard is there.
    OpenSample(Rc<str>),
    /// Wait for no example any more.
    ForgetSample,
    /// Assess another level.
    SetLevel(Level),
    /// Type into a field.
    Enter(FigureIndex, Rc<str>),
    /// Fill several fields at once.
    EnterMany(Vec<(FigureIndex, Rc<str>)>),
    /// Change what is said about a clause itself.
    Decide(ClauseIndex, ClauseDraft),
    /// Name the place that is assessed.
    SetTitle(Rc<str>),
    /// Start again with nothing filled in.
    Clear,
}

impl State {
    /// The state at the start.
    pub fn new(preferences: Preferences, prefers_english: bool) -> Self {
        Self {
            preferences,
            fallback: if prefers_english { Locale::En } else { Locale::Zh },
            library: Library::default(),
            awaited_sample: None,
            work: None,
        }
    }

    /// The language of the page.
    pub fn locale(&self) -> Locale {
        self.preferences.locale.unwrap_or(self.fallback)
    }

    /// The standard with this id, if it has been fetched; in the language of the page, if in that.
    pub fn document(&self, id: &str) -> Option<Rc<Document>> {
        self.library.document_in(id, self.locale()).or_else(|| self.library.document(id))
    }

    /// Puts the open assessment onto its standard in the language of the page.
    fn translate(&mut self, id: &str) {
        let document = self.library.document_in(id, self.locale());
        let open = self.work.as_mut().filter(|work| work.document.id == id);
        if let (Some(work), Some(document)) = (open, document) {
            Rc::make_mut(work).set_document(document);
        }
    }

    /// Opens the awaited example if its standard is there.
    fn open_awaited(mut self) -> Self {
        let sample = self.awaited_sample.as_ref().and_then(|id| self.library.sample(id, self.locale()));
        let work = sample.and_then(|sample| {
            let document = self.document(&sample.standard)?;
            let draft = Draft::of_sample(&document.standard, sample);
            Some(Rc::new(Work::new(document.id.as_str().into(), document, draft)))
        });
        if work.is_some() {
            self.work = work;
            self.awaited_sample = None;
        }
        self
    }

    fn with_work(&self, change: impl FnOnce(&mut Work)) -> Self {
        let mut next = self.clone();
        if let Some(work) = &mut next.work {
            change(Rc::make_mut(work));
        }
        next
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(match action {
            Action::SetLocale(locale) => {
                let preferences = Preferences { locale: Some(locale), ..self.preferences };
                let mut next = Self { preferences, ..(*self).clone() };
                if let Some(id) = next.work.as_ref().map(|work| work.document.id.clone()) {
                    next.translate(&id);
                }
                next
            }
            Action::SetTheme(theme) => Self { preferences: Preferences { theme, ..self.preferences }, ..(*self).clone() },
            Action::Loaded(bundle, locale, packed) => {
                let mut next = (*self).clone();
                let id = bundle.document.id.clone();
                next.library.add(*bundle, locale, packed);
                if next.awaited_sample.is_none() {
                    next.translate(&id);
                }
                next.open_awaited()
            }
            Action::LoadFailed(failure) => {
                let mut next = (*self).clone();
                next.library.fail(failure);
                next
            }
            Action::OpenSample(id) => Self { awaited_sample: Some(id), ..(*self).clone() }.open_awaited(),
            Action::ForgetSample => Self { awaited_sample: None, ..(*self).clone() },
            Action::SetLevel(level) => self.with_work(|work| work.set_level(level)),
            // Whoever opens something else no longer waits for an example.
            Action::Open(work) => Self { work: Some(Rc::from(work)), awaited_sample: None, ..(*self).clone() },
            Action::Close => Self { work: None, ..(*self).clone() },
            Action::Rebase(from, to) => self.with_work(|work| work.rebase(&from, to)),
            Action::GoOnAs(id, from, to) => self.with_work(|work| {
                work.id = id;
                work.rebase(&from, to);
            }),
            Action::Forget(id) => {
                let mut next = (*self).clone();
                next.library.remove(&id);
                next.work = next.work.filter(|work| work.document.id != *id);
                next
            }
            Action::Enter(figure, text) => self.with_work(|work| work.enter(figure, text)),
            Action::EnterMany(entries) => self.with_work(|work| entries.into_iter().for_each(|(figure, text)| work.enter(figure, text))),
            Action::Decide(clause, draft) => self.with_work(|work| work.decide(clause, draft)),
            Action::SetTitle(title) => self.with_work(|work| work.set_title(title)),
            Action::Clear => self.with_work(Work::clear),
        })
    }
}

/// How components change the state.
pub type Dispatch = UseReducerDispatcher<State>;
