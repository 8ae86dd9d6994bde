//! The order in which OpenSearch gives what matches: by the greatest score that an article can have. The scorer then gives the true one, and
//! enough articles are read that none of the others can have a greater.
//!
//! The bound is [`crate::score::scorer`]'s formula with frequencies from the index, in which all that an index does not know is taken to be
//! there: the form typed, the opening, the closeness of the words, and for words that stand together as many places as the rarest of them
//! has.

use super::schema::PART;
use crate::plan::prepared::Plan;
use crate::plan::word::{Expansion, ExpansionKind, Word};
use crate::ranking::Ranking;
use crate::score::scorer::Scorer;
use serde_json::{Value, json};

/// Computes the bound. Frequencies are those of Lucene, all else comes as parameters.
const SCRIPT: &str = "\
double length = doc['length'].size() == 0 ? 0 : doc['length'].value;
double headlineLength = doc['headline_length'].size() == 0 ? 0 : doc['headline_length'].value;
double norm = params.k1 * (1 - params.b + params.b * length / params.average);
double inHeadline = params.headline * Math.pow(8.0 / Math.max(1.0, headlineLength), params.headline_length);
double sum = params.pairs;
double have = 0;
for (word in params.words) {
  double found = 0;
  double there = 0;
  for (way in word.ways) {
    double fewest = -1;
    double fewestHeaded = -1;
    for (slot in way.slots) {
      double places = 0;
      double headed = 0;
      for (term in slot) {
        places += termFreq('text', term);
        double inHead = termFreq('headline', term);
        headed += inHead;
        places += params.beyond_headline * inHead;
        places += params.beyond_lead * (termFreq('kicker', term) + termFreq('lead', term));
      }
      fewest = fewest < 0 ? places : Math.min(fewest, places);
      fewestHeaded = fewestHeaded < 0 ? headed : Math.min(fewestHeaded, headed);
    }
    found += way.weight * Math.max(0.0, fewest);
    if (fewestHeaded > 0) { there = Math.max(there, way.weight * inHeadline); }
  }
  if (found > 0 || word.always) {
    found = Math.max(found, word.least);
    sum += word.weight * (found * (params.k1 + 1) / (found + norm) + there) * (1 + params.exact);
    have += word.weight;
  }
  double parts = 0;
  for (part in word.parts) {
    double frequency = termFreq('text', part.stem) + params.part * termFreq('text', part.within);
    parts += part.weight * frequency * (params.k1 + 1) / (frequency + norm);
  }
  sum += Math.max(found > 0 ? word.weight * params.opening : 0.0, parts);
}
double share = have >= params.all ? 1.0 : Math.pow(have / params.all, params.coverage);
return sum * share * params.near * 1.001 + 0.001;";

/// The articles that match `query`, each with its bound as its score.
pub fn ranked(query: &Value, plan: &Plan, scorer: &Scorer) -> Value {
    let ranking = scorer.ranking();
    let words: Vec<Value> = plan.scored.iter().enumerate().map(|(at, word)| of_word(at, word, scorer)).collect();
    let all: f32 = (0..plan.scored.len()).map(|at| scorer.weight_of(at)).sum();
    let bounds = scorer.bounds();
    let params = json!({
        "k1": ranking.k1, "b": ranking.b, "average": bounds.average_length,
        "headline": ranking.in_headline, "headline_length": ranking.headline_length,
        "beyond_headline": (ranking.headline - 1.0).max(0.0), "beyond_lead": (ranking.lead - 1.0).max(0.0),
        "exact": ranking.exact, "opening": ranking.opening, "part": ranking.part,
        "pairs": bounds.pairs, "coverage": bounds.coverage, "near": bounds.near,
        "all": all.max(f32::MIN_POSITIVE), "words": words,
    });
    json!({ "script_score": { "query": query, "script": { "source": SCRIPT, "params": params } } })
}

fn of_word(at: usize, word: &Word, scorer: &Scorer) -> Value {
    let ranking = scorer.ranking();
    let ways: Vec<Value> = word.expansions.iter().flat_map(|expansion| ways(word, expansion, &ranking)).collect();
    let compound = word.compound_parts.iter().flatten().zip(scorer.parts_of(at));
    let parts =
        compound.map(|(stem, weight)| json!({ "stem": stem, "within": format!("{PART}{stem}"), "weight": weight }));
    // of a pattern, and where some of a word is excluded, an article has it without its stems being there as often
    let always = word.pattern.is_some();
    let least = if always {
        1.0
    } else if word.has_exclusions() {
        ranking.part
    } else {
        0.0
    };
    json!({
        "weight": scorer.weight_of(at), "ways": ways, "parts": parts.collect::<Vec<_>>(),
        "always": always, "least": least,
    })
}

fn ways(word: &Word, expansion: &Expansion, ranking: &Ranking) -> Vec<Value> {
    let weight = ranking.of_kind(expansion.kind);
    let by_form = expansion.kind == ExpansionKind::Form;
    let slots = if by_form { &word.stems } else { &expansion.slots };
    if word.pattern.is_some() || slots.is_empty() {
        return Vec::new();
    }
    let mut ways = vec![json!({ "weight": weight, "slots": slots })];
    if let ([stems], true) = (slots.as_slice(), expansion.within) {
        let within: Vec<String> = stems.iter().map(|stem| format!("{PART}{stem}")).collect();
        ways.push(json!({ "weight": weight * ranking.part, "slots": [within] }));
    }
    ways
}
