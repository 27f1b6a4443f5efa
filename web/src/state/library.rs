//! The standards that have been fetched. Which there are is known from the start
//! (`dabiao_catalog::builtin::ENTRIES`); their texts are large and come when they are opened.

use std::rc::Rc;

use dabiao_catalog::{Bundle, Document, Sample};
use dabiao_view::Locale;

/// The fetched standards.
#[derive(Clone, Default)]
pub struct Library {
    loaded: Vec<Loaded>,
    failure: Option<Failure>,
}

/// A fetched standard with its examples.
#[derive(Clone)]
struct Loaded {
    document: Rc<Document>,
    samples: Rc<[Sample]>,
    /// The language it is in.
    locale: Locale,
    /// The packed file, for the workbench.
    packed: Rc<[u8]>,
}

/// A standard that could not be fetched or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its id.
    pub id: Rc<str>,
    /// Why; `None` if there is no standard with this id.
    pub problem: Option<Rc<str>>,
}

impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, two): (&Loaded, &Loaded)| Rc::ptr_eq(&one.document, &two.document);
        self.loaded.len() == other.loaded.len() && self.loaded.iter().zip(&other.loaded).all(same) && self.failure == other.failure
    }
}

impl Library {
    /// The standard with this id in this language, if it has been fetched.
    pub fn document_in(&self, id: &str, locale: Locale) -> Option<Rc<Document>> {
        let is_wanted = |loaded: &&Loaded| loaded.document.id == id && loaded.locale == locale;
        self.loaded.iter().find(is_wanted).map(|loaded| Rc::clone(&loaded.document))
    }

    /// The standard with this id in any language: better the other one for a moment than nothing.
    pub fn document(&self, id: &str) -> Option<Rc<Document>> {
        self.loaded.iter().find(|loaded| loaded.document.id == id).map(|loaded| Rc::clone(&loaded.document))
    }

    /// The packed file of a standard that is open.
    pub fn packed(&self, document: &Rc<Document>) -> Option<Rc<[u8]>> {
        self.loaded.iter().find(|loaded| Rc::ptr_eq(&loaded.document, document)).map(|loaded| Rc::clone(&loaded.packed))
    }

    /// The example with this id, if its standard has been fetched; in this language, if in that.
    pub fn sample(&self, id: &str, locale: Locale) -> Option<&Sample> {
        let is_preferred = |loaded: &&Loaded| loaded.locale == locale;
        let (preferred, others): (Vec<&Loaded>, Vec<&Loaded>) = self.loaded.iter().partition(is_preferred);
        preferred.into_iter().chain(others).flat_map(|loaded| loaded.samples.iter()).find(|sample| sample.id == id)
    }

    /// The last failure, if the standard with this id is what failed.
    pub fn failure(&self, id: &str) -> Option<&Failure> {
        self.failure.as_ref().filter(|failure| &*failure.id == id)
    }

    /// Keeps a fetched standard.
    pub fn add(&mut self, bundle: Bundle, locale: Locale, packed: Rc<[u8]>) {
        self.failure = None;
        self.loaded.retain(|loaded| loaded.document.id != bundle.document.id || loaded.locale != locale);
        self.loaded.push(Loaded { document: Rc::new(bundle.document), samples: bundle.samples.into(), locale, packed });
    }

    /// Forgets a standard; it is fetched anew when it is wanted again.
    pub fn remove(&mut self, id: &str) {
        self.loaded.retain(|loaded| loaded.document.id != id);
        self.failure = None;
    }

    /// Remembers that a standard could not be had; nothing, to try again.
    pub fn fail(&mut self, failure: Option<Failure>) {
        self.failure = failure;
    }
}
