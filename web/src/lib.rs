//! The page, as far as its two programs share it: the app itself (`main.rs`) and the workbench, which is
//! fetched when somebody opens it (`web/workbench`).

pub mod app;
pub mod browser;
pub mod components;
pub mod hooks;
pub mod keeper;
pub mod pages;
pub mod parts;
pub mod route;
pub mod state;
pub mod storage;
