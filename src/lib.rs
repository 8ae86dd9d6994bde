//! findbuch
pub mod article;
pub mod cli;
pub mod corpus;
pub mod engine;
pub mod evaluate;
pub mod german;
pub mod lang;
pub mod query;
pub mod render;
pub mod update;
