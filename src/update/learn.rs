//! Learns from a sample of the articles before an index is made: compounds of this archive, and lines that sources repeat.

use super::UpdateRequest;
use super::boilerplate;
use super::cores::on_all_cores;
use super::plan::Job;
use findbuch_corpus::{self, Format, Limits};
use findbuch_german::{Vocabulary, VocabularyLearner};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Number of articles in the sample.
const MAX_SAMPLE: usize = 4000;

/// Time that a file of the sample may take, whatever it holds.
const MAX_TIME: Duration = Duration::from_millis(500);

/// Learns from articles spread evenly over the files.
pub fn learn(jobs: &[Job], request: &UpdateRequest<'_>) -> (Vocabulary, BTreeSet<u64>) {
    let stride = jobs.len().div_ceil(MAX_SAMPLE).max(1);
    let sample: Vec<&Job> = jobs.iter().step_by(stride).collect();
    let bytes = sample.iter().map(|job| job.file.size).sum::<u64>().max(1);
    // the articles of a file are in proportion to its bytes
    let share = |job: &Job| ((MAX_SAMPLE as u64).saturating_mul(job.file.size) / bytes).max(1);
    // what is unusual teaches nothing that usual pages do not
    let limits = Limits { worker: None, max_time: MAX_TIME, ..request.limits.clone() };
    let of_pdf = Limits { worker: request.limits.worker.clone(), ..limits.clone() };
    let learner = Mutex::new((VocabularyLearner::default(), boilerplate::Learner::default()));
    on_all_cores(&sample, |jobs| {
        let (mut own, mut lines) = (VocabularyLearner::default(), boilerplate::Learner::default());
        for job in jobs.take_while(|_| !request.stop.load(Ordering::Relaxed)) {
            let (mut articles, most) = (0, share(job));
            // problems are reported when the file is read for the index
            let limits = if job.format == Format::Pdf { &of_pdf } else { &limits };
            let _ = findbuch_corpus::read(&job.file, job.format, limits, &AtomicU64::new(0), &mut |article| {
                let parts = article.iter().flat_map(|article| &article.parts);
                parts.filter(|part| part.is_searched()).for_each(|part| own.read(&part.text));
                if let Ok(article) = &article {
                    lines.read(article);
                }
                articles += 1;
                if articles < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        }
        let mut learner = learner.lock().unwrap_or_else(PoisonError::into_inner);
        learner.0.join(own);
        learner.1.join(lines);
    });
    let (words, lines) = learner.into_inner().unwrap_or_else(PoisonError::into_inner);
    (words.learn(), lines.learn())
}
