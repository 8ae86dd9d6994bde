//! What an update makes of an engine's promises, with a stand-in for the engine.

use findbuch::update::{PART_BYTES, UpdateRequest, update};
use findbuch_article::Article;
use findbuch_corpus::Limits;
use findbuch_engine::{
    Adder, Capabilities, Checked, Engine, EngineError, Record, State, Store, WriteLock, Writer, WriterOptions,
};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// An index that does not exist yet and takes no article.
#[derive(Clone, Copy)]
struct Full(Capabilities);

fn full() -> EngineError {
    EngineError::Full("there".into())
}

impl Store for Full {
    fn capabilities(&self) -> Capabilities {
        self.0
    }
    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        Err(EngineError::NoIndex("there".into()))
    }
    fn state(&self) -> Result<Option<State>, EngineError> {
        Ok(None)
    }
    fn stamp(&self) -> Result<Option<String>, EngineError> {
        Ok(None)
    }
    fn check(&self, _: &dyn Fn(&Article, u64) -> bool) -> Result<Checked, EngineError> {
        Ok(Checked::default())
    }
    fn lock(&self) -> Result<Box<dyn WriteLock>, EngineError> {
        Ok(Box::new(*self))
    }
}

impl WriteLock for Full {
    fn writer(self: Box<Self>, _: &WriterOptions<'_>) -> Result<Box<dyn Writer>, EngineError> {
        Ok(self)
    }
}

impl Writer for Full {
    fn adder(&self) -> Box<dyn Adder + '_> {
        Box::new(*self)
    }
    fn remove(&self, _: &str) {}
    fn remove_content(&self, _: u64) {}
    fn commit(self: Box<Self>, _: &State) -> Result<Vec<String>, EngineError> {
        Err(full())
    }
}

impl Adder for Full {
    fn add(&mut self, _: &Record<'_>) -> Result<(), EngineError> {
        Err(full())
    }
}

#[test]
fn an_update_that_fails_says_whether_readers_may_see_some_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("orgel.txt"), "Die Orgel\n\nSie klingt wieder.\n").expect("written");
    let check = |atomic_update: bool, atomic_rebuild: bool, rebuild: bool, interrupted: bool| {
        let request = UpdateRequest {
            index: Path::new("/nowhere"),
            paths: &[folder.path().to_path_buf()],
            moved: None,
            rebuild,
            names: None,
            limits: &Limits::on(jiff::civil::date(2026, 11, 1)),
            stop: &AtomicBool::new(false),
            now: "2026-11-01T00:00:00Z".into(),
            memory: None,
            part_bytes: PART_BYTES,
        };
        let store = Full(Capabilities { atomic_update, atomic_rebuild, stories: true });
        let error = update(&store, &request, &mut |_| {}).expect_err("a full disk");
        assert_eq!(matches!(error, EngineError::Interrupted(_)), interrupted, "{error}");
        assert!(error.to_string().starts_with(&full().to_string()), "{error}");
    };
    check(true, true, false, false);
    check(false, true, false, true);
    check(false, true, true, false);
    check(false, false, true, true);
}
