//! From an address to a search: the same query, request and engine as on the command line.

use crate::address::Address;
use crate::app::Bounds;
use crate::archive::Snapshot;
use crate::error::WebError;
use crate::expected::BadParameter;
use findbuch_engine::answer::{Answer, answer, to_the_letter};
use findbuch_engine::plan::related::Relatives;
use findbuch_engine::{EngineError, SearchRequest};
use findbuch_query::lang::Lang;
use findbuch_query::{DateRange, Fault, Ignored, Query, QueryError, Span};
use findbuch_render::cite::Citation;
use jiff::civil;

/// Most words of a query that are ignored because too many words of the archive match them.
const MAX_BROAD_WORDS: usize = 8;

/// A search as the reader asks for it.
#[derive(Debug, Clone)]
pub struct Question {
    /// The reader's choices.
    pub address: Address,
    /// What is searched.
    pub query: Query,
    /// The days of the address.
    pub published: Option<DateRange>,
    /// What is ignored in the query.
    pub ignored: Vec<Ignored>,
    /// What is ignored in the address.
    pub bad: Vec<BadParameter>,
    /// What its search may take.
    pub bounds: Bounds,
}

impl Question {
    /// Reads the address of a page; what cannot be understood is ignored, and listed in `ignored` and `bad`.
    #[must_use]
    pub fn lenient(uri_query: &str, others: &[&str], today: civil::Date, bounds: Bounds) -> Question {
        let (address, bad) = Address::read(uri_query, others, today);
        let (query, ignored) = if address.q.trim().is_empty() {
            (Query::everything(today), Vec::new())
        } else {
            Query::lenient(&address.q, today)
        };
        Question { published: address.dates(today), query, address, ignored, bad, bounds }
    }

    /// Reads the address of the interface, which has to be without errors.
    ///
    /// # Errors
    /// The first error in it. A query without words is one, unless a facet or a date limits the search.
    pub fn strict(uri_query: &str, others: &[&str], today: civil::Date, bounds: Bounds) -> Result<Question, WebError> {
        let (address, bad) = Address::read(uri_query, others, today);
        if let Some(bad) = bad.into_iter().next() {
            return Err(WebError::BadParameter(bad));
        }
        let query = match address.q.trim() {
            "" if address.is_open() => return Err(WebError::MissingQuery),
            "" => Query::everything(today),
            _ => Query::parse(&address.q, today).map_err(WebError::BadQuery)?,
        };
        let published = address.dates(today);
        Ok(Question { published, query, address, ignored: Vec::new(), bad: Vec::new(), bounds })
    }

    /// The request, without counts.
    #[must_use]
    pub fn request<'a>(&'a self, snapshot: &'a Snapshot) -> SearchRequest<'a> {
        let Address { only, not, offset, limit, sort, .. } = &self.address;
        SearchRequest {
            only,
            not,
            published: self.published,
            ranking: snapshot.ranking,
            around: self.address.near(),
            terms: self.address.explain,
            offset: *offset,
            limit: *limit,
            sort: *sort,
            expansion: snapshot.expansion(&self.address),
            furniture: self.address.furniture,
            deadline: Some(self.bounds.deadline),
            most_cost: Some(self.bounds.most_cost),
            ..SearchRequest::new(&self.query)
        }
    }

    /// Answers a request; the query is corrected if the reader wants that and `may_correct`, which counts must not.
    ///
    /// # Errors
    /// When the index cannot be read or the time is up.
    pub fn answer(
        &self,
        snapshot: &Snapshot,
        request: &SearchRequest<'_>,
        may_correct: bool,
    ) -> Result<Answer, WebError> {
        let corrects = may_correct && self.address.correct;
        let answer = if corrects { answer } else { to_the_letter };
        let answered = snapshot.engine.prepare(request).and_then(|prepared| answer(&*snapshot.engine, &prepared));
        answered.map_err(|error| self.web_error(error))
    }

    /// Calls `work`, again without a word each time that too many words of the archive match that word.
    ///
    /// # Errors
    /// Other errors of `work`.
    pub fn without_broad_words<T>(
        &mut self,
        mut work: impl FnMut(&Question) -> Result<T, WebError>,
    ) -> Result<T, WebError> {
        for _ in 0..MAX_BROAD_WORDS {
            match work(self) {
                Err(WebError::BadQuery(QueryError {
                    span,
                    fault: fault @ (Fault::TooManyForms(_) | Fault::UnknownCollection),
                    ..
                })) if self.ignore(&span, &fault) => {}
                other => return other,
            }
        }
        work(self)
    }

    /// Replaces a word of the query by blanks; false if there is none.
    fn ignore(&mut self, span: &Span, fault: &Fault) -> bool {
        let mut text = self.query.text.clone();
        let Some(word) = text.get(span.clone()).filter(|word| !word.trim().is_empty()) else { return false };
        let blank = " ".repeat(word.len());
        text.replace_range(span.clone(), &blank);
        let (query, more) = Query::lenient(&text, self.query.today);
        self.ignored.push(Ignored { span: span.clone(), fault: fault.clone() });
        self.ignored.extend(more.into_iter().filter(|other| other.fault != Fault::Empty));
        self.query = query;
        true
    }

    /// A notice for everything that is ignored in the query.
    #[must_use]
    pub fn ignored_notices(&self, lang: Lang) -> Vec<String> {
        let typed = Query { text: self.address.q.clone(), ..self.query.clone() };
        let line = |ignored: &Ignored| {
            let message = ignored.message(&typed, lang);
            lang.pick(format!("Übergangen: {message}"), format!("Passed over: {message}"))
        };
        self.ignored.iter().map(line).collect()
    }

    /// The address for links to exports and to the interface, which refuse a query with errors: without what is ignored.
    /// Nothing if such a query cannot be written.
    #[must_use]
    pub fn without_ignored(&self, lang: Lang) -> Option<Address> {
        if self.ignored.is_empty() {
            return Some(self.address.clone());
        }
        let q = self.query.canonical(lang);
        Query::parse(&q, self.query.today).ok()?;
        Some(Address { q, ..self.address.clone() })
    }

    /// How the search is cited; its choices are written as options of the command line.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn citation(&self, snapshot: &Snapshot, answer: &Answer) -> Result<Citation, WebError> {
        let Address { exact, compounds, variants, related, furniture, without, only, not, from, to, .. } =
            &self.address;
        let switch = |on: bool, name: &str| on.then(|| name.to_owned());
        let switches = [
            switch(*exact, "--exact"),
            switch(!compounds, "--no-compounds"),
            switch(!variants, "--no-variants"),
            switch(*related == Relatives::Always, "--related"),
            switch(*related == Relatives::Never, "--no-related"),
            switch(!furniture, "--no-furniture"),
            switch(self.published.is_some(), &format!("datum:{from}..{to}")),
        ];
        let near = Some(&self.address.around).filter(|around| !around.is_empty());
        let near = near.map(|around| format!("--around {around}"));
        let without = without.iter().map(|word| format!("--without {word}"));
        let only = only.iter().map(|(field, value)| format!("--only {}={value}", field.german_name()));
        let not = not.iter().map(|(field, value)| format!("--not {}={value}", field.german_name()));
        let query = answer.corrected.as_ref().map_or(&self.address.q, |corrected| &corrected.text);
        Ok(Citation {
            query: query.clone(),
            typed: Some(self.address.q.clone()).filter(|typed| typed != query),
            options: switches.into_iter().chain([near]).flatten().chain(without).chain(only).chain(not).collect(),
            total: if answer.hits.relaxed.is_some() { 0 } else { answer.hits.total },
            index: snapshot.engine.fingerprint()?,
            version: env!("CARGO_PKG_VERSION"),
            searched: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        })
    }

    /// An error of the engine; one about a word of the query shows where the word is.
    #[must_use]
    pub fn web_error(&self, error: EngineError) -> WebError {
        WebError::of_query(error, &self.query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    const TODAY: civil::Date = civil::date(2026, 11, 25);

    fn question(address: &str) -> Question {
        Question::lenient(address, &[], TODAY, Bounds { deadline: Instant::now(), most_cost: u64::MAX })
    }

    #[test]
    fn a_word_that_too_many_words_match_is_ignored() {
        let mut question = question("q=Bahn+*impf*+seit:2024");
        let too_many = |question: &Question| match question.query.text.find("*impf*") {
            Some(at) => {
                let error = EngineError::TooManyForms { span: at..at + 6, most: 9 };
                Err(WebError::of_query(error, &question.query))
            }
            None => Ok(question.query.canonical(Lang::De)),
        };
        assert_eq!(question.without_broad_words(too_many).ok().as_deref(), Some("Bahn datum:2024-01-01.."));
        let notices = question.ignored_notices(Lang::De);
        assert!(
            matches!(notices.as_slice(), [one] if one.starts_with("Übergangen:") && one.contains("*impf*")),
            "{notices:?}"
        );
        let searched = question.without_ignored(Lang::De).map(|address| address.q);
        assert_eq!(searched.as_deref(), Some("Bahn datum:2024-01-01.."));
        assert!(question.without_broad_words(|_| Err::<(), _>(WebError::Busy)).is_err(), "other errors stay");
    }

    #[test]
    fn a_query_without_errors_stays_as_it_was_typed() {
        let searched = question("q=Bahn+oder+Bus&sort=newest").without_ignored(Lang::De);
        assert_eq!(searched.map(|address| address.query()).as_deref(), Some("q=Bahn+oder+Bus&sort=newest"));
    }
}
