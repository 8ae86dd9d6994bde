//! Measures ranking against judged queries: P@1, MRR@10, nDCG@10 and recall, as the field defines them (Järvelin and Kekäläinen 2002
//! for nDCG, a grade g gaining 2^g − 1; for the others any grade is relevant). A query without hits counts as zero.

use std::collections::{BTreeMap, HashMap, HashSet};

/// The relevant articles of a query by id, each with its grade from 1.
pub type Grades = HashMap<String, u8>;

/// The figures of a set of queries, each 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Share of queries whose first hit is relevant.
    pub precision_at_1: f64,
    /// Mean of 1/rank of the first relevant hit among ten.
    pub mrr_at_10: f64,
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg_at_10: f64,
    /// Share of the relevant articles, at most ten, among the first ten.
    pub recall_at_10: f64,
    /// Share of the relevant articles among the first hundred.
    pub recall_at_100: f64,
    /// Number of queries.
    pub queries: usize,
}

/// The figures of one query: its hits' ids in order, and the relevant ids.
#[must_use]
pub fn figures<'a>(hits: impl Iterator<Item = &'a str>, relevant: &Grades) -> Figures {
    let grades: Vec<u8> = hits.map(|id| relevant.get(id).copied().unwrap_or_default()).collect();
    let found: Vec<bool> = grades.iter().map(|grade| *grade > 0).collect();
    let ten = &found[..found.len().min(10)];
    let share = |hits: &[bool], of: usize| hits.iter().filter(|hit| **hit).count() as f64 / of.max(1) as f64;
    let gained = |grades: &[u8]| {
        let gains = grades.iter().take(10).enumerate();
        gains.map(|(rank, grade)| (f64::from(*grade).exp2() - 1.0) / (rank as f64 + 2.0).log2()).sum::<f64>()
    };
    let mut best: Vec<u8> = relevant.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = gained(&best);
    Figures {
        precision_at_1: f64::from(u8::from(found.first() == Some(&true))),
        mrr_at_10: ten.iter().position(|hit| *hit).map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
        ndcg_at_10: if ideal > 0.0 { gained(&grades) / ideal } else { 0.0 },
        recall_at_10: share(ten, relevant.len().min(10)),
        recall_at_100: share(&found[..found.len().min(100)], relevant.len()),
        queries: 1,
    }
}

/// The mean of figures.
#[must_use]
pub fn mean(all: &[Figures]) -> Figures {
    let mean = |of: fn(&Figures) -> f64| all.iter().map(of).sum::<f64>() / all.len().max(1) as f64;
    Figures {
        precision_at_1: mean(|f| f.precision_at_1),
        mrr_at_10: mean(|f| f.mrr_at_10),
        ndcg_at_10: mean(|f| f.ndcg_at_10),
        recall_at_10: mean(|f| f.recall_at_10),
        recall_at_100: mean(|f| f.recall_at_100),
        queries: all.len(),
    }
}

/// Judgements, `query ⇥ article id ⇥ grade` a line: 0 judges an article irrelevant, what is no grade up to 9 counts as 1.
#[must_use]
pub fn parse_judgements(text: &str) -> HashMap<String, Grades> {
    let mut judgements: HashMap<String, Grades> = HashMap::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        if let (Some(query), Some(id), grade) = (fields.next(), fields.next(), fields.next().unwrap_or("1")) {
            let grade = grade.parse().ok().filter(|grade| *grade <= 9).unwrap_or(1);
            if grade > 0 {
                judgements.entry(query.to_owned()).or_default().insert(id.to_owned(), grade);
            }
        }
    }
    judgements
}

/// Slices, `query ⇥ slice ⇥ …` a line; what follows a colon in a slice's name is left out. Queries that no line names
/// form the slice `verbatim`.
#[must_use]
pub fn parse_slices<'a>(text: &str, queries: impl Iterator<Item = &'a String>) -> BTreeMap<String, HashSet<String>> {
    let mut slices: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    let mut named = HashSet::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        let Some(query) = fields.next() else { continue };
        named.insert(query.to_owned());
        for slice in fields {
            let name = slice.split(':').next().unwrap_or(slice);
            slices.entry(name.to_owned()).or_default().insert(query.to_owned());
        }
    }
    slices.insert("verbatim".to_owned(), queries.filter(|query| !named.contains(*query)).cloned().collect());
    slices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_their_definitions() {
        let relevant: Grades = [("a".to_owned(), 1), ("b".to_owned(), 1)].into();
        let found = figures(["x", "a", "y", "b"].into_iter(), &relevant);
        let ideal = 1.0 + 1.0 / 3f64.log2();
        let expected = (1.0 / 3f64.log2() + 1.0 / 5f64.log2()) / ideal;
        assert!((found.ndcg_at_10 - expected).abs() < 1e-12);
        assert!((found.mrr_at_10 - 0.5).abs() < 1e-12 && found.precision_at_1.abs() < 1e-12);
        assert!((found.recall_at_10 - 1.0).abs() < 1e-12);
        assert_eq!(figures([].into_iter(), &relevant), Figures { queries: 1, ..Figures::default() });
        // a grade of 3 gains seven times as much as one of 1
        let graded: Grades = [("a".to_owned(), 1), ("b".to_owned(), 3)].into();
        let found_graded = figures(["a", "b"].into_iter(), &graded);
        let (first, second) = (1.0, 1.0 / 3f64.log2());
        let expected = (first + 7.0 * second) / (7.0 * first + second);
        assert!((found_graded.ndcg_at_10 - expected).abs() < 1e-12);
        let both = mean(&[found, Figures { queries: 1, ..Figures::default() }]);
        assert!((both.mrr_at_10 - 0.25).abs() < 1e-12 && both.queries == 2);
    }

    #[test]
    fn judgements_have_grades() {
        let judged = parse_judgements("q1\ta\t3\nq1\tb\t0\nq1\tc\nq2\td\tx\n");
        assert_eq!(judged["q1"], [("a".to_owned(), 3), ("c".to_owned(), 1)].into());
        assert_eq!(judged["q2"], [("d".to_owned(), 1)].into());
    }

    #[test]
    fn slices_are_named_without_their_details() {
        let queries = ["q1".to_owned(), "q2".to_owned(), "q3".to_owned()];
        let slices = parse_slices("q1\tinflection\tabsent:x\nq2\tabsent:y\n", queries.iter());
        assert_eq!(slices["absent"].len(), 2);
        assert!(slices["verbatim"].contains("q3") && slices["verbatim"].len() == 1);
    }
}
