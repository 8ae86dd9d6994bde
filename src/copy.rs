//! Copies an index to another place, whichever engine has it there, without the files that its articles are from.
//!
//! The copy is committed piece by piece. One that was stopped or killed holds whole articles and says that it is not whole; the same copy
//! goes on from there, and done once more it brings a copy in step with the index that it is one of.

use crate::update::{cores, folders_above};
use findbuch_article::Article;
use findbuch_engine::{CopiedFrom, Engine, EngineError, FileState, Record, State, Store, Writer, WriterOptions};
use findbuch_files::decode_path;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Articles that are committed at once.
const PIECE: u64 = 20_000;
/// Articles that wait to be added.
const WAITING: usize = 64;
/// Articles that the other engine is shown before it gets any, to choose how it keeps them.
const SAMPLE: usize = 400;

/// Why an index cannot be copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// What is there is no copy of this index.
    #[error("there is another index at {to}, which is no copy of {from}; name a place where there is none")]
    Occupied {
        /// What is copied.
        from: String,
        /// Where to.
        to: String,
    },
    /// An index cannot be used.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Articles that were copied.
    pub new: u64,
    /// Articles that were there.
    pub unchanged: u64,
    /// Articles of files that the index does not have, or has otherwise.
    pub removed: u64,
    /// Whether all is there now.
    pub whole: bool,
}

/// An article on its way.
struct Parcel {
    file: FileState,
    article: Article,
    content: u64,
}

/// A copy to be made.
pub struct Copy<'a> {
    /// The index.
    pub from: &'a dyn Engine,
    /// Where it is, as it is named in messages.
    pub place: &'a str,
    /// Where it is copied to.
    pub to: &'a dyn Store,
    /// The same, as it is named in messages.
    pub target: &'a str,
    /// Set to stop: what is copied by then is committed.
    pub stop: &'a AtomicBool,
}

impl Copy<'_> {
    /// Copies; `progress` is told how many articles are done.
    ///
    /// # Errors
    /// When there is another index where it is copied to, or one of them cannot be used.
    pub fn run(&self, progress: &mut dyn FnMut(u64)) -> Result<Copied, CopyError> {
        let everything = [PathBuf::from("/")];
        let mut files = Vec::new();
        self.from.files(&everything, &mut |file| files.push(file))?;
        let (mut there, mut rebuild, mut sample) = (HashMap::new(), false, Vec::new());
        match self.to.state()? {
            None => sample = self.sample(&files)?,
            Some(state) if state.copied.as_ref().is_none_or(|copied| copied.place != self.place) => {
                return Err(CopyError::Occupied { from: self.place.to_owned(), to: self.target.to_owned() });
            }
            // the same text has other terms now
            Some(state) if state.vocabulary != self.from.state().vocabulary => {
                (rebuild, sample) = (true, self.sample(&files)?);
            }
            Some(_) => self.to.open()?.files(&everything, &mut |file| {
                there.insert(file.path.clone(), file);
            })?,
        }
        let mut done = Copied::default();
        let mut rest = files.as_slice();
        loop {
            let before = done;
            let state = self.state(false);
            let options = WriterOptions { rebuild, sample: &sample, ..WriterOptions::new(&state) };
            let writer = self.to.lock()?.writer(&options)?;
            rebuild = false;
            rest = self.piece(rest, &mut there, &*writer, (&mut done, progress))?;
            done.whole = rest.is_empty() && !self.stop.load(Ordering::Relaxed);
            if done.whole {
                for file in there.values() {
                    writer.remove(&file.path);
                    done.removed += file.articles;
                }
            }
            if done.whole || done != before {
                writer.commit(&self.state(done.whole))?;
            }
            if done.whole || self.stop.load(Ordering::Relaxed) {
                return Ok(done);
            }
        }
    }

    fn state(&self, whole: bool) -> State {
        State { copied: Some(CopiedFrom { place: self.place.to_owned(), whole }), ..self.from.state().clone() }
    }

    /// Some articles, of files far apart.
    fn sample(&self, files: &[FileState]) -> Result<Vec<Article>, EngineError> {
        let mut sample = Vec::new();
        let share = SAMPLE.div_ceil(files.len().max(1));
        for file in files.iter().step_by(files.len().div_ceil(SAMPLE).max(1)) {
            let mut of_file = 0;
            self.from.articles_of(&file.path, &mut |_, article| {
                sample.push(article);
                of_file += 1;
                if of_file < share { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        Ok(sample)
    }

    /// Copies files until a piece is full or none is left; gives those that are left.
    fn piece<'f>(
        &self,
        files: &'f [FileState],
        there: &mut HashMap<String, FileState>,
        writer: &dyn Writer,
        (done, progress): (&mut Copied, &mut dyn FnMut(u64)),
    ) -> Result<&'f [FileState], EngineError> {
        let failure = Mutex::new(None);
        let (sender, receiver) = sync_channel(WAITING);
        let receiver = Mutex::new(Some(receiver));
        let mut rest = files;
        let read = std::thread::scope(|scope| {
            for _ in 0..cores() {
                scope.spawn(|| {
                    if let Err(error) = self.add_all(writer, &receiver) {
                        *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                        // nothing more is taken, so nothing more is sent
                        *receiver.lock().unwrap_or_else(PoisonError::into_inner) = None;
                    }
                });
            }
            // dropped at the end of what is read, which ends the threads
            let (sender, begun) = (sender, done.new);
            let failed = || failure.lock().unwrap_or_else(PoisonError::into_inner).is_some();
            while let Some((file, behind)) = rest.split_first() {
                if done.new - begun >= PIECE || self.stop.load(Ordering::Relaxed) || failed() {
                    break;
                }
                let known = there.remove(&file.path);
                self.file(file, known, (writer, &sender), done)?;
                progress(done.new + done.unchanged);
                rest = behind;
            }
            Ok(())
        });
        failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(read, Err)?;
        Ok(rest)
    }

    /// Sends what is lacking of a file.
    fn file(
        &self,
        file: &FileState,
        known: Option<FileState>,
        (writer, sender): (&dyn Writer, &SyncSender<Parcel>),
        done: &mut Copied,
    ) -> Result<(), EngineError> {
        let mut there = HashSet::new();
        match known {
            Some(known) if known == *file => {
                done.unchanged += file.articles;
                return Ok(());
            }
            // part of it was copied
            Some(known) if FileState { articles: file.articles, ..known.clone() } == *file => {
                self.to.open()?.contents(&file.path, &mut |content, _| {
                    there.insert(content);
                })?;
            }
            Some(known) => {
                writer.remove(&file.path);
                done.removed += known.articles;
            }
            None => {}
        }
        self.from.articles_of(&file.path, &mut |content, article| {
            if there.remove(&content) {
                done.unchanged += 1;
                return ControlFlow::Continue(());
            }
            done.new += 1;
            match sender.send(Parcel { file: file.clone(), article, content }) {
                Ok(()) => ControlFlow::Continue(()),
                // those who would add it have failed, and have said why
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        for content in there {
            writer.remove_content(content);
        }
        Ok(())
    }

    fn add_all(&self, writer: &dyn Writer, parcels: &Mutex<Option<Receiver<Parcel>>>) -> Result<(), EngineError> {
        let mut adder = writer.adder();
        loop {
            let parcel =
                parcels.lock().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|all| all.recv().ok());
            let Some(Parcel { file, article, content }) = parcel else { return Ok(()) };
            let folders = folders_above(&decode_path(&file.path), &self.from.state().folders);
            adder.add(&Record { file: &file, folders: &folders, article: &article, content })?;
        }
    }
}
