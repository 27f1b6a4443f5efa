//! What the workbench shows: tabs of an assessment, the views of the planner, and places of their own.

mod about;
mod charts;
mod check;
mod departments;
mod files;
mod goal;
mod open;
mod plan;
mod register;
mod scenarios;
mod sensitivity;
mod shared;
mod time;

pub(crate) use about::AboutTab;
pub(crate) use charts::{ChartsTab, charts_tab};
pub(crate) use check::CheckPage;
pub(crate) use departments::DepartmentsTab;
pub(crate) use files::FilesTab;
pub(crate) use goal::GoalPage;
pub(crate) use open::OpenPage;
pub(crate) use plan::PlanPage;
pub(crate) use register::{RegisterPage, register_page};
pub(crate) use scenarios::ScenariosPage;
pub(crate) use sensitivity::SensitivityPage;
pub(crate) use shared::SharedPage;
pub(crate) use time::TimePage;
