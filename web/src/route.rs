//! Where in the app the person is, as the part of the address behind `#`.
//!
//! Hash routing works on any web server, in any folder and on `file://`.

/// A place of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first screen.
    Home,
    /// An assessment by the standard with this id.
    Assess(String, Tab),
    /// Where documents disagree with themselves; of the document behind this standard, if any is opened.
    Register(Option<String>),
    /// Checking a standard file.
    Check,
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
    /// The document behind it.
    About,
}

impl Tab {
    /// All tabs, in the order they are shown.
    pub const ALL: [Self; 7] = [Self::Fill, Self::Table, Self::Charts, Self::Plan, Self::Missing, Self::Departments, Self::About];

    /// Whether the workbench shows it.
    pub fn is_in_workbench(self) -> bool {
        matches!(self, Self::Charts | Self::Plan)
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
            (Some("register"), id) => Self::Register(id.filter(|id| !id.is_empty()).map(str::to_owned)),
            _ => Self::Home,
        }
    }

    /// The id of the standard that the place needs.
    pub fn standard(&self) -> Option<&str> {
        match self {
            Self::Home | Self::Check => None,
            Self::Assess(id, _) => Some(id),
            Self::Register(id) => id.as_deref(),
        }
    }

    /// The address.
    pub fn href(&self) -> String {
        match self {
            Self::Home => "#/".to_owned(),
            Self::Assess(id, tab) => format!("#/s/{id}/{}", tab.id()),
            Self::Check => "#/check".to_owned(),
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
            Route::Register(None),
            Route::Register(Some("x".into())),
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#/s/"), Route::Home);
        assert_eq!(Route::parse("#/s/x/nonsense"), Route::Assess("x".into(), Tab::Fill));
    }
}
