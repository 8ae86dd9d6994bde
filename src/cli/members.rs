//! The articles of collections, for searches that name one.

use super::{messages, terminal};
use findbuch_engine::IndexDir;
use findbuch_engine::collections::Members;
use findbuch_query::lang::Lang;

/// The articles of all collections; those that cannot be read are told.
pub fn members(index: &IndexDir, lang: Lang) -> anyhow::Result<Members> {
    let (members, faults) = index.collections().members()?;
    for fault in faults {
        terminal::report(&messages::localise(fault.into(), lang));
    }
    Ok(members)
}
