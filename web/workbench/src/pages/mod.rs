//! What the workbench shows: the charts, and the views of the planner.

mod charts;
mod goal;
mod plan;
mod scenarios;
mod sensitivity;
mod time;

pub(crate) use charts::{ChartsTab, charts_tab};
pub(crate) use goal::GoalPage;
pub(crate) use plan::PlanPage;
pub(crate) use scenarios::ScenariosPage;
pub(crate) use sensitivity::SensitivityPage;
pub(crate) use time::TimePage;
