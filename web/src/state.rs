//! What the app knows: the person's preferences and the open assessment.
//!
//! `State` changes only through [`Action`] and [`reduce`](State::reduce), which is pure.

mod draft;
mod work;

use std::rc::Rc;

use dabiao_catalog::{Document, Sample};
use dabiao_core::{ClauseIndex, FigureIndex};
use dabiao_view::Locale;
use yew::prelude::*;

pub use draft::{ClauseDraft, Draft, Evidence};
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
    /// The built-in standards; empty with `broken` if one cannot be read.
    pub catalog: Rc<Catalog>,
    /// The open assessment.
    pub work: Option<Rc<Work>>,
}

/// The built-in standards and examples.
pub struct Catalog {
    /// The standards.
    pub documents: Vec<Rc<Document>>,
    /// The examples.
    pub samples: Vec<Sample>,
    /// Why they could not be read.
    pub broken: Option<String>,
}

impl PartialEq for Catalog {
    /// There is only one.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What a person can do.
pub enum Action {
    /// Choose a language.
    SetLocale(Locale),
    /// Choose colours.
    SetTheme(Theme),
    /// Open an assessment.
    Open(Box<Work>),
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
        let (documents, samples, broken) = match (dabiao_catalog::builtin::standards(), dabiao_catalog::builtin::samples()) {
            (Ok(documents), Ok(samples)) => (documents.into_iter().map(Rc::new).collect(), samples, None),
            (Err(error), _) | (_, Err(error)) => (Vec::new(), Vec::new(), Some(error.to_string())),
        };
        Self {
            preferences,
            fallback: if prefers_english { Locale::En } else { Locale::Zh },
            catalog: Rc::new(Catalog { documents, samples, broken }),
            work: None,
        }
    }

    /// The language of the page.
    pub fn locale(&self) -> Locale {
        self.preferences.locale.unwrap_or(self.fallback)
    }

    /// The built-in standard with this id.
    pub fn document(&self, id: &str) -> Option<Rc<Document>> {
        self.catalog.documents.iter().find(|document| document.id == id).cloned()
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
                Self { preferences, ..(*self).clone() }
            }
            Action::SetTheme(theme) => Self { preferences: Preferences { theme, ..self.preferences }, ..(*self).clone() },
            Action::Open(work) => Self { work: Some(Rc::from(work)), ..(*self).clone() },
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
