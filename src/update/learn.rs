//! Learns from a sample of the articles before an index is made: compounds of this archive, lines that sources repeat, and what its
//! articles are like. What it reads is kept for the index, so that no article is read twice.

use super::UpdateRequest;
use super::ahead::{Ahead, ReadAhead};
use super::boilerplate;
use super::cores::on_all_cores;
use super::plan::Job;
use findbuch_article::Article;
use findbuch_corpus::{self, Format, Limits};
use findbuch_german::{Vocabulary, VocabularyLearner};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

/// Number of articles in the sample, bytes of text for each on average, and articles of one file that cannot be read.
const MAX_SAMPLE: usize = 4000;
const MEAN_TEXT: u64 = 8 << 10;
const MAX_FAULTY: usize = 20;

/// Text that is learnt from of one file, whatever it holds, and how many times its stored size more: articles that are compressed
/// by themselves have three to ten times.
const TEXT: u64 = 1 << 20;
const TEXT_EXPANSION: u64 = 4;

/// Time that a file of the sample may take, whatever it holds, and how many times its stored size is given time for: learning takes a
/// fourth of what indexing does.
const MAX_TIME: Duration = Duration::from_millis(500);
const TIMED_EXPANSION: u64 = 1;

/// One in so many articles is kept.
const KEPT: u64 = 32;

/// Articles of a file that a thread learns from at a time.
const SHARE: usize = 64;

/// What was learnt.
pub struct Learnt {
    pub vocabulary: Vocabulary,
    /// Lines that sources repeat, as hashes.
    pub boilerplate: BTreeSet<u64>,
    /// Some of the articles, in the order of their ids.
    pub sample: Vec<Article>,
    /// The articles that were read.
    pub ahead: Ahead,
}

/// The texts of an article that are searched.
fn searched(article: &Article) -> impl Iterator<Item = &str> {
    article.parts.iter().filter(|part| part.is_searched()).map(|part| part.text.as_str())
}

/// Learns from articles spread evenly over the files.
pub fn learn(jobs: &[Job], request: &UpdateRequest<'_>) -> Learnt {
    let stride = jobs.len().div_ceil(MAX_SAMPLE).max(1);
    let sample: Vec<&Job> = jobs.iter().step_by(stride).collect();
    let bytes = sample.iter().map(|job| job.file.size).sum::<u64>().max(1);
    // the articles of a file are in proportion to its bytes
    let share = |job: &Job| ((MAX_SAMPLE as u64).saturating_mul(job.file.size) / bytes).max(1);
    // what is unusual teaches nothing that usual pages do not
    let limits =
        Limits { worker: None, max_time: MAX_TIME, timed_expansion: TIMED_EXPANSION, ..request.limits.clone() };
    let of_pdf = Limits { worker: request.limits.worker.clone(), ..limits.clone() };
    let files = Mutex::new(Vec::new());
    on_all_cores(&sample, |jobs| {
        for job in jobs.take_while(|_| !request.stop.load(Ordering::Relaxed)) {
            let Some(mut file) = ReadAhead::begin(job) else { continue };
            let (mut text, mut faulty, most) = (0, 0, share(job));
            let explained = TEXT.saturating_add(job.file.size.saturating_mul(TEXT_EXPANSION));
            let most_text = most.saturating_mul(MEAN_TEXT).min(explained);
            // problems are reported when the file is read for the index
            let limits = if job.format == Format::Pdf { &of_pdf } else { &limits };
            let mut enough = false;
            let read = findbuch_corpus::read(&job.file, job.format, limits, &AtomicU64::new(0), &mut |article| {
                match article {
                    Ok(article) => {
                        text += searched(&article).map(|text| text.len() as u64).sum::<u64>();
                        file.articles.push(article);
                    }
                    Err(_) => faulty += 1,
                }
                enough = (file.articles.len() + faulty) as u64 >= most || text >= most_text || faulty >= MAX_FAULTY;
                if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            // what these limits cut or refuse is read once more, and so are files of problems, which are told then
            let kept = read.is_ok() && faulty == 0;
            files.lock().unwrap_or_else(PoisonError::into_inner).push((*job, file, kept.then_some(!enough)));
        }
    });
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    let learner = Mutex::new((VocabularyLearner::default(), boilerplate::Learner::default(), Vec::new()));
    let shares: Vec<&[Article]> = files.iter().flat_map(|(_, file, _)| file.articles.chunks(SHARE)).collect();
    on_all_cores(&shares, |shares| {
        let (mut own, mut lines) = (VocabularyLearner::default(), boilerplate::Learner::default());
        let mut kept = Vec::new();
        for article in shares.copied().flatten() {
            searched(article).for_each(|text| own.read(text));
            lines.read(article);
            if xxh3_64(article.id.as_bytes()).is_multiple_of(KEPT) {
                kept.push(article.clone());
            }
        }
        let mut learner = learner.lock().unwrap_or_else(PoisonError::into_inner);
        learner.0.join(own);
        learner.1.join(lines);
        learner.2.append(&mut kept);
    });
    let ahead = Ahead::default();
    for (job, file, whole) in files {
        if let Some(whole) = whole {
            ahead.keep(job, file, whole);
        }
    }
    let (words, lines, mut sample) = learner.into_inner().unwrap_or_else(PoisonError::into_inner);
    sample.sort_by(|a: &Article, b| (&a.id, &a.path, a.record).cmp(&(&b.id, &b.path, b.record)));
    Learnt { vocabulary: words.learn(), boilerplate: lines.learn(), sample, ahead }
}
