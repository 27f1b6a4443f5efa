//! Where in the app the person is, as the part of the address behind `#`.
//!
//! Hash routing works on any web server, in any folder and on `file://`.

/// A place of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first screen.
    Home,
    /// The assessment with this id; it begins with the id of its standard ([`standard_of`]).
    Assess(String, Tab),
    /// Where documents disagree with themselves; of the document behind this standard, if any is opened.
    Register(Option<String>),
    /// Checking a standard file.
    Check,
    /// Opening a project file.
    Open,
    /// An assessment by the standard with this id that came as a link (`dabiao_draft::link`).
    Shared(String, String),
}

/// Between the id of a standard and the number of an assessment by it, if it is not the first.
const NUMBER: char = '~';

/// The id of the standard of an assessment.
pub fn standard_of(assessment: &str) -> &str {
    assessment.split(NUMBER).next().unwrap_or_default()
}

/// The id of a further assessment by the same standard.
pub fn copy_id(assessment: &str, number: u32) -> String {
    format!("{}{NUMBER}{number}", standard_of(assessment))
}

/// The address of the same view of another assessment.
pub fn renamed(hash: &str, id: &str) -> String {
    let mut parts: Vec<&str> = hash.split('/').collect();
    if let Some(part) = parts.get_mut(2) {
        *part = id;
    }
    parts.join("/")
}

/// A view of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Guided groups.
    Fill,
    /// One dense table.
    Table,
    /// Charts.
    Charts,
    /// Scenarios, sensitivity, goals, the cheapest plan, time.
    Plan,
    /// What is missing.
    Missing,
    /// What each responsible unit owes.
    Departments,
    /// Files in and out, a link, earlier states.
    Files,
    /// The document behind it.
    About,
}

impl Tab {
    /// All tabs, in the order they are shown.
    pub const ALL: [Self; 8] =
        [Self::Fill, Self::Table, Self::Charts, Self::Plan, Self::Missing, Self::Departments, Self::Files, Self::About];

    /// Whether the workbench shows it.
    pub fn is_in_workbench(self) -> bool {
        matches!(self, Self::Charts | Self::Plan | Self::Departments | Self::Files | Self::About)
    }

    /// The name in the address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Table => "table",
            Self::Charts => "charts",
            Self::Plan => "plan",
            Self::Missing => "missing",
            Self::Departments => "departments",
            Self::Files => "files",
            Self::About => "about",
        }
    }
}

impl Route {
    /// Reads an address; anything unknown is the first screen.
    pub fn parse(hash: &str) -> Self {
        let mut parts = hash.trim_start_matches('#').trim_matches('/').split('/');
        match (parts.next(), parts.next()) {
            (Some("s"), Some(id)) if !id.is_empty() => {
                let tab = parts.next().and_then(|name| Tab::ALL.into_iter().find(|tab| tab.id() == name));
                Self::Assess(id.to_owned(), tab.unwrap_or(Tab::Fill))
            }
            (Some("check"), _) => Self::Check,
            (Some("open"), _) => Self::Open,
            (Some("shared"), Some(id)) => Self::Shared(id.to_owned(), parts.next().unwrap_or_default().to_owned()),
            (Some("register"), id) => Self::Register(id.filter(|id| !id.is_empty()).map(str::to_owned)),
            _ => Self::Home,
        }
    }

    /// The id of the standard that the place needs.
    pub fn standard(&self) -> Option<&str> {
        match self {
            Self::Home | Self::Check | Self::Open => None,
            Self::Assess(id, _) => Some(standard_of(id)),
            Self::Register(id) => id.as_deref(),
            Self::Shared(id, _) => Some(id),
        }
    }

    /// The address.
    pub fn href(&self) -> String {
        match self {
            Self::Home => "#/".to_owned(),
            Self::Assess(id, tab) => format!("#/s/{id}/{}", tab.id()),
            Self::Check => "#/check".to_owned(),
            Self::Open => "#/open".to_owned(),
            Self::Shared(id, link) => format!("#/shared/{id}/{link}"),
            Self::Register(None) => "#/register".to_owned(),
            Self::Register(Some(id)) => format!("#/register/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_back_to_themselves() {
        for route in [
            Route::Home,
            Route::Assess("a-b-2021".into(), Tab::Fill),
            Route::Assess("x".into(), Tab::About),
            Route::Check,
            Route::Open,
            Route::Shared("x".into(), "1abc_-".into()),
            Route::Register(None),
            Route::Register(Some("x".into())),
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#/s/"), Route::Home);
        assert_eq!(Route::parse("#/s/x/nonsense"), Route::Assess("x".into(), Tab::Fill));
    }

    #[test]
    fn an_assessment_knows_its_standard() {
        assert_eq!(Route::parse("#/s/x-2021~3/plan").standard(), Some("x-2021"));
        assert_eq!(standard_of("x-2021"), "x-2021");
        assert_eq!(copy_id("x-2021~3", 4), "x-2021~4");
        assert_eq!(renamed("#/s/x-2021/plan/time", "x-2021~2"), "#/s/x-2021~2/plan/time");
    }
}
