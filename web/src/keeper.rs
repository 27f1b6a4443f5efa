//! Keeps the open assessment in this browser.
//!
//! One thing is done at a time: opening, writing, looking what another window did. Whatever happens on
//! the page meanwhile is taken up when it is done. What is written is guarded by the revision of what was
//! read, so another window is never overwritten: where both changed different entries the changes come
//! together, where both changed the same one this window goes on with a copy.
//!
//! What the page shows can be a moment behind what the person did and what was put in its place (Yew
//! leaves a picture half way to let the browser breathe). So the keeper asks for the newest state whenever
//! it takes it up, and the page only tells it that there is something new.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_draft::json::object;
use dabiao_draft::ledger::{Batch, Ledger, assessment_key};
use dabiao_draft::merge::reconcile;
use dabiao_draft::{Draft, FORMAT, Refused, draft_record, migrate, read_draft};
use dabiao_view::Locale;
use dabiao_view::words::key;
use gloo_timers::callback::Timeout;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::browser;
use crate::route::{copy_id, renamed, standard_of};
use crate::state::{Action, Dispatch, Work};
use crate::storage::store::{self, Trouble};
use crate::storage::{self, LastWord};

/// How long after a change everything is written, in milliseconds.
const PAUSE: u32 = 100;
/// How long after a refusal it is tried again, in milliseconds.
const PATIENCE: u32 = 3_000;

/// What the page says about keeping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keeping {
    /// The assessment that is kept, and the version of it.
    kept: Option<(Rc<str>, u32)>,
    /// When it was written last, in milliseconds since 1970; 0 if never.
    saved: u64,
    /// Why the browser does not keep anything.
    pub trouble: Option<Trouble>,
    /// What the person should know.
    pub notice: Option<Notice>,
    /// Whether there is a step to undo.
    pub can_undo: bool,
    /// Whether there is a step to redo.
    pub can_redo: bool,
}

/// What happened that nobody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Another window changed other entries; both are here.
    Merged,
    /// Another window changed the same entry; this window goes on with a copy.
    Copied,
    /// What was kept is damaged; it was put together from a snapshot and the journal, or is lost.
    Damaged,
    /// A later version of the program wrote it; nothing is written here.
    Later,
}

/// How far keeping is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Nothing was changed yet.
    Idle,
    /// Not everything is on the disk yet.
    Saving,
    /// On the disk, since this time in milliseconds since 1970.
    Saved(u64),
    /// The browser refuses.
    Refused,
}

impl Keeping {
    /// How far keeping of this assessment is.
    pub fn status(&self, work: &Work) -> SaveStatus {
        let is_kept = self.kept.as_ref().is_some_and(|(id, version)| *id == work.id && *version == work.version);
        match self.saved {
            _ if self.trouble.is_some() || self.notice == Some(Notice::Later) => SaveStatus::Refused,
            _ if !is_kept => SaveStatus::Saving,
            0 => SaveStatus::Idle,
            saved => SaveStatus::Saved(saved),
        }
    }
}

struct Inner {
    /// The open assessment with its steps. Steps are taken and undone at once, also while it is being
    /// written.
    ledger: Option<Ledger>,
    /// The open assessment when the keeper heard of it last.
    shown: Option<Rc<Work>>,
    /// Last words that stand in the ledger and are forgotten when it is written.
    taken: Vec<String>,
    /// The language of the page.
    locale: Locale,
    /// What is being written.
    in_flight: Value,
    is_busy: bool,
    /// Whether to look what another window did, as soon as what is being done is done.
    is_to_look: bool,
    timer: Option<Timeout>,
    keeping: Keeping,
}

/// Keeps the open assessment.
pub struct Keeper {
    inner: RefCell<Inner>,
    /// The open assessment as it is by now.
    newest: Box<dyn Fn() -> Option<Rc<Work>>>,
    dispatch: Dispatch,
    report: Callback<Keeping>,
    /// This page among all that may be open.
    page: String,
}

impl Inner {
    /// Takes up that the ledger is written as it stands in this version of the assessment.
    fn kept(&mut self, work: &Work) {
        self.keeping.kept = Some((Rc::clone(&work.id), work.version));
        self.keeping.saved = self.ledger.as_ref().map_or(0, |ledger| ledger.saved);
    }
}

impl Keeper {
    /// A keeper with nothing open. `newest` tells what is open by now, `report` hears whatever changes in
    /// what the page says.
    pub fn new(newest: Box<dyn Fn() -> Option<Rc<Work>>>, dispatch: Dispatch, report: Callback<Keeping>) -> Self {
        let inner = Inner {
            ledger: None,
            shown: None,
            taken: Vec::new(),
            locale: Locale::Zh,
            in_flight: Value::Null,
            is_busy: false,
            is_to_look: false,
            timer: None,
            keeping: Keeping::default(),
        };
        Self { inner: RefCell::new(inner), newest, dispatch, report, page: browser::token() }
    }

    /// Opens an assessment: what is kept of it, or an empty one.
    pub fn open(self: &Rc<Self>, id: Rc<str>, document: Rc<Document>) {
        let keeper = Rc::clone(self);
        spawn_local(async move {
            keeper.settle().await;
            let (Loaded { ledger, damaged, taken }, trouble) = match load(&id, &document).await {
                Ok(loaded) => (loaded, None),
                Err(trouble) => (Loaded { ledger: empty_ledger(&id, &document), damaged: false, taken: Vec::new() }, Some(trouble)),
            };
            let (draft, is_later) = match read_draft(&ledger.record, &document.standard) {
                Ok(draft) => (draft, false),
                Err(refused) => (Draft::empty(&document.standard), matches!(refused, Refused::Later(_))),
            };
            let work = Work::new(Rc::clone(&id), Rc::clone(&document), draft);
            let notice = match (is_later, damaged) {
                (true, _) => Some(Notice::Later),
                (_, true) => Some(Notice::Damaged),
                _ => None,
            };
            {
                let mut inner = keeper.inner();
                let kept = ledger.is_written().then(|| (Rc::clone(&id), work.version));
                inner.keeping = Keeping { kept, saved: ledger.saved, trouble, notice, ..Keeping::default() };
                inner.ledger = Some(ledger);
                inner.taken = taken;
            }
            keeper.say();
            keeper.dispatch.dispatch(Action::Open(Box::new(work)));
            let figures = document.standard.figures().iter().zip(&document.figures);
            let names = object(figures.map(|(figure, text)| (figure.id.clone(), Value::from(text.name.zh.as_str()))));
            // Only for the plain table after a failure; without it there are ids in place of names.
            let _ = storage::keep_names(standard_of(&id), names).await;
        });
    }

    /// Hears that something may have changed.
    pub fn notice(self: &Rc<Self>, locale: Locale) {
        // Not what the picture shows that called: it may be an old one.
        let newest = (self.newest)();
        let is_other = {
            let inner = self.read();
            let id = |work: &Option<Rc<Work>>| work.as_ref().map(|work| Rc::clone(&work.id));
            inner.shown.is_some() && id(&inner.shown) != id(&newest)
        };
        if is_other {
            // What was typed last in the other assessment does not wait.
            self.flush();
        }
        let is_kept = {
            let mut inner = self.inner();
            inner.shown.clone_from(&newest);
            inner.locale = locale;
            newest.is_none_or(|work| inner.keeping.kept.as_ref() == Some(&(Rc::clone(&work.id), work.version)))
        };
        if !is_kept {
            self.flush_in(PAUSE);
        }
    }

    /// Goes one step back.
    pub fn undo(self: &Rc<Self>) {
        self.step(Ledger::undo);
    }

    /// Goes one undone step forward.
    pub fn redo(self: &Rc<Self>) {
        self.step(Ledger::redo);
    }

    /// Hears that another window changed something.
    pub fn hear(self: &Rc<Self>, changed: &str) {
        let is_about_us = {
            let inner = self.read();
            changed == "*" || inner.ledger.as_ref().is_some_and(|ledger| changed == assessment_key(&ledger.id))
        };
        if is_about_us {
            self.inner().is_to_look = true;
            self.flush();
        }
    }

    /// The page is being left: whatever is not written leaves a last word.
    pub fn leave(&self) {
        let latest = self.latest();
        let inner = self.read();
        let (Some(ledger), Some(work)) = (&inner.ledger, latest) else { return };
        let is_written = inner.keeping.kept.as_ref() == Some(&(Rc::clone(&work.id), work.version));
        if ledger.id == *work.id && !is_written && inner.keeping.notice != Some(Notice::Later) {
            storage::leave_last_word(LastWord {
                name: storage::last_word_name(&self.page, &ledger.id),
                base: ledger.written.clone(),
                in_flight: inner.in_flight.clone(),
                record: work.record(),
            });
        }
    }

    /// The person has read the notice.
    pub fn dismiss(&self) {
        self.inner().keeping.notice = None;
        self.say();
    }

    /// Moves in the history. At once, so that what is typed next is no part of it.
    fn step(self: &Rc<Self>, go: fn(&mut Ledger) -> bool) {
        let Some(work) = self.latest() else { return };
        let moved = {
            let mut inner = self.inner();
            let is_ours = inner.keeping.notice != Some(Notice::Later);
            let Some(ledger) = inner.ledger.as_mut().filter(|ledger| is_ours && ledger.id == *work.id) else { return };
            ledger.take(work.record(), browser::now());
            go(ledger).then(|| ledger.record.clone())
        };
        if let Some(record) = moved {
            self.restore(&record, &work);
            self.say();
        }
        self.flush();
    }

    fn flush_in(self: &Rc<Self>, milliseconds: u32) {
        let keeper = Rc::clone(self);
        let mut inner = self.inner();
        // Not anew with every change: whoever types on and on is kept too.
        if inner.timer.is_none() {
            inner.timer = Some(Timeout::new(milliseconds, move || {
                keeper.inner().timer = None;
                keeper.flush();
            }));
        }
    }

    /// Does what there is to do, unless something is being done.
    fn flush(self: &Rc<Self>) {
        let Some(work) = self.latest() else { return };
        {
            let mut inner = self.inner();
            if inner.is_busy || inner.keeping.notice == Some(Notice::Later) {
                return;
            }
            inner.is_busy = true;
        }
        let keeper = Rc::clone(self);
        spawn_local(async move {
            let outcome = keeper.work_on(&work).await;
            let retry = {
                let mut inner = keeper.inner();
                inner.is_busy = false;
                inner.in_flight = Value::Null;
                let is_refused = outcome.is_err();
                inner.keeping.trouble = outcome.err();
                is_refused
            };
            keeper.say();
            let is_behind = {
                let latest = keeper.latest().map(|work| (Rc::clone(&work.id), work.version));
                let inner = keeper.read();
                latest.is_some() && inner.keeping.kept != latest || inner.is_to_look
            };
            match (retry, is_behind) {
                (true, _) => keeper.flush_in(PATIENCE),
                (false, true) => keeper.flush_in(0),
                (false, false) => {}
            }
        });
    }

    /// Waits until what is being done is done, after seeing to it that everything is written.
    async fn settle(self: &Rc<Self>) {
        // Anything that takes longer than this is a browser that does not answer.
        for _ in 0..200 {
            let is_idle = !self.read().is_busy;
            if is_idle {
                let is_behind = {
                    let latest = self.latest();
                    let inner = self.read();
                    let is_ours = latest.as_ref().zip(inner.ledger.as_ref()).filter(|(work, ledger)| ledger.id == *work.id);
                    let is_kept = is_ours.is_none_or(|(work, _)| inner.keeping.kept.as_ref() == Some(&(Rc::clone(&work.id), work.version)));
                    !is_kept && inner.keeping.trouble.is_none() && inner.keeping.notice != Some(Notice::Later)
                };
                if !is_behind {
                    return;
                }
                self.flush();
            }
            gloo_timers::future::TimeoutFuture::new(10).await;
        }
    }

    /// The open assessment as it is by now. One that another was just opened in place of stays the open one
    /// until the keeper hears of it.
    fn latest(&self) -> Option<Rc<Work>> {
        let (newest, shown) = ((self.newest)(), self.read().shown.clone());
        match (newest, shown) {
            (Some(newest), Some(shown)) if newest.id != shown.id => Some(shown),
            (newest, shown) => newest.or(shown),
        }
    }

    /// The same, if it is still this one.
    fn newest(&self, work: &Rc<Work>) -> Rc<Work> {
        self.latest().filter(|latest| latest.id == work.id).unwrap_or_else(|| Rc::clone(work))
    }

    async fn work_on(self: &Rc<Self>, work: &Rc<Work>) -> Result<(), Trouble> {
        let is_open = self.read().ledger.as_ref().is_some_and(|ledger| ledger.id == *work.id);
        if !is_open {
            // An example was opened in place of what is kept under its id.
            let Loaded { ledger, taken, .. } = load(&work.id, &work.document).await?;
            let mut inner = self.inner();
            inner.ledger = Some(ledger);
            inner.taken = taken;
        }
        if std::mem::take(&mut self.inner().is_to_look) && self.look(work).await? {
            return Ok(());
        }
        // Nothing is awaited from here to where it is written: what was typed meanwhile is in.
        let work = &self.newest(work);
        let now = browser::now();
        let (batch, written) = {
            let mut inner = self.inner();
            let Some(ledger) = inner.ledger.as_mut().filter(|ledger| ledger.id == *work.id) else { return Ok(()) };
            ledger.take(work.record(), now);
            // An empty assessment that was only opened leaves no trace.
            if ledger.is_kept() && (ledger.revision > 0 || work.draft.sample.is_none()) {
                inner.kept(work);
                return Ok(());
            }
            let written = ledger.write(now);
            inner.in_flight = written.1.record.clone();
            written
        };
        if store::commit(batch).await? {
            let own = storage::last_word_name(&self.page, &written.id);
            let mut inner = self.inner();
            std::mem::take(&mut inner.taken).iter().chain([&own]).for_each(|name| storage::forget_last_word(name));
            // Another may have been opened meanwhile.
            if let Some(ledger) = inner.ledger.as_mut().filter(|ledger| ledger.id == *work.id) {
                ledger.committed(written);
                inner.kept(work);
            }
            return Ok(());
        }
        self.meet(work).await
    }

    /// Another window was faster.
    async fn meet(self: &Rc<Self>, work: &Rc<Work>) -> Result<(), Trouble> {
        let theirs = storage::load_ledger(&work.id).await?;
        // What was typed while it was read is not to be lost.
        let work = &self.newest(work);
        let Some(mut ours) = self.read().ledger.clone().filter(|ledger| ledger.id == *work.id) else { return Ok(()) };
        ours.take(work.record(), browser::now());
        let Some((mut theirs, _)) = theirs else {
            // Deleted there and changed here: what was typed is kept.
            self.inner().ledger = Some(ours.copied(&ours.id));
            return Ok(());
        };
        if let Some(record) = reconcile(&ours.written, &ours.record, &theirs.record) {
            let is_news = record != ours.record;
            theirs.take(record, browser::now());
            if is_news {
                self.restore(&theirs.record, work);
                self.inner().keeping.notice = Some(Notice::Merged);
            }
            self.inner().ledger = Some(theirs);
            return Ok(());
        }
        let mut copy = self.copy(&ours, work).await?;
        let work = &self.newest(work);
        let id: Rc<str> = copy.id.as_str().into();
        let title = copy.record.get("title").cloned();
        let shown = work.record();
        let mut record = shown.clone();
        if let (Some(fields), Some(title)) = (record.as_object_mut(), title) {
            fields.insert("title".to_owned(), title);
        }
        copy.take(record, browser::now());
        {
            // From here on nothing may be written under the other window's id.
            let mut inner = self.inner();
            inner.shown = None;
            inner.keeping.kept = None;
            inner.keeping.notice = Some(Notice::Copied);
        }
        self.dispatch.dispatch(Action::GoOnAs(Rc::clone(&id), shown, copy.record.clone()));
        self.inner().ledger = Some(copy);
        browser::replace_hash(&renamed(&browser::hash(), &id));
        Ok(())
    }

    /// Keeps an assessment under the next id that is free.
    async fn copy(&self, ours: &Ledger, work: &Work) -> Result<Ledger, Trouble> {
        let mut number = 2;
        loop {
            let mut copy = ours.copied(&copy_id(&ours.id, number));
            let title = self.read().locale.fill(key::COPY_TITLE, &[("title", &work.draft.title)]);
            let mut record = copy.record.clone();
            if let Some(fields) = record.as_object_mut() {
                fields.insert("title".to_owned(), title.into());
            }
            copy.take(record, browser::now());
            let (batch, written) = copy.write(browser::now());
            if store::commit(batch).await? {
                return Ok(written);
            }
            number += 1;
        }
    }

    /// Whether another window has gone on and nothing was typed here since; then the page shows what it
    /// says. Where something was typed, that is met when it is written.
    async fn look(self: &Rc<Self>, work: &Rc<Work>) -> Result<bool, Trouble> {
        let revision = |keeper: &Self| keeper.read().ledger.as_ref().filter(|ledger| ledger.id == *work.id).map(|ledger| ledger.revision);
        let head = store::get(&assessment_key(&work.id)).await?;
        if head.is_none_or(|(_, there, _)| Some(there) == revision(self)) {
            return Ok(false);
        }
        let Some((theirs, _)) = storage::load_ledger(&work.id).await? else { return Ok(false) };
        let work = &self.newest(work);
        let is_still =
            self.read().ledger.as_ref().is_some_and(|ours| ours.id == *work.id && ours.is_kept() && work.record() == ours.record);
        if is_still {
            self.restore(&theirs.record, work);
            self.inner().ledger = Some(theirs);
        }
        Ok(is_still)
    }

    /// Puts a record in the place of what the page was last known to show.
    fn restore(&self, record: &Value, work: &Work) {
        self.dispatch.dispatch(Action::Rebase(work.record(), record.clone()));
    }

    fn say(&self) {
        let keeping = {
            let mut inner = self.inner();
            let history = inner.ledger.as_ref().map(|ledger| (ledger.history.can_undo(), ledger.history.can_redo()));
            (inner.keeping.can_undo, inner.keeping.can_redo) = history.unwrap_or_default();
            inner.keeping.clone()
        };
        self.report.emit(keeping);
    }

    // Nothing is awaited while one of these is held.
    fn inner(&self) -> RefMut<'_, Inner> {
        self.inner.borrow_mut()
    }

    fn read(&self) -> Ref<'_, Inner> {
        self.inner.borrow()
    }
}

fn empty_ledger(id: &str, document: &Document) -> Ledger {
    Ledger::new(id, draft_record(standard_of(id), &document.standard, &Draft::empty(&document.standard)))
}

/// What is kept of an assessment.
struct Loaded {
    ledger: Ledger,
    /// Whether it was damaged.
    damaged: bool,
    /// The last words that stand in it and are not written yet.
    taken: Vec<String>,
}

/// What is kept of an assessment, with the last words of pages that were left in the middle of a change.
async fn load(id: &str, document: &Document) -> Result<Loaded, Trouble> {
    let found = storage::load_ledger(id).await?;
    let (mut ledger, damaged) = match found {
        Some(found) => found,
        None => {
            let revision = store::get(&assessment_key(id)).await?.map_or(0, |(_, revision, _)| revision);
            {
                let mut ledger = empty_ledger(id, document);
                ledger.revision = revision;
                (ledger, revision > 0)
            }
        }
    };
    // What another version wrote, as this one would have written it. No step, only another form.
    if ledger.record.get("format").and_then(Value::as_u64) != Some(FORMAT)
        && let Ok(record) = migrate(ledger.record.clone())
    {
        ledger.written = record.clone();
        ledger.record = record;
    }
    let mut taken = Vec::new();
    for word in storage::last_words(id) {
        let base = if word.in_flight == ledger.written { &word.in_flight } else { &word.base };
        match reconcile(base, &word.record, &ledger.record) {
            Some(record) => {
                ledger.take(record, browser::now());
                taken.push(word.name);
            }
            None => {
                let mut copy = ledger.clone();
                copy.record = word.base.clone();
                copy.take(word.record, browser::now());
                let mut number = 2;
                while !store::commit(copied(&copy, number)).await? {
                    number += 1;
                }
                storage::forget_last_word(&word.name);
            }
        }
    }
    if ledger.is_written() {
        taken.drain(..).for_each(|name| storage::forget_last_word(&name));
    }
    Ok(Loaded { ledger, damaged, taken })
}

fn copied(ledger: &Ledger, number: u32) -> Batch {
    ledger.copied(&copy_id(&ledger.id, number)).write(browser::now()).0
}
