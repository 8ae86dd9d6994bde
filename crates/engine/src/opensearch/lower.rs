//! Which articles match, as queries of OpenSearch: one that finds none but such, and one that finds them all.
//!
//! What OpenSearch's positions can say is said exactly, and the two are the same. The rest, closeness in a sentence or behind exclusions
//! say, is found by what it needs at least; the articles between the two are read and examined one by one.

use super::document::of_segment;
use super::index::{everything, nothing, with_terms};
use super::schema::{PART, counted, named};
use crate::analysis::closeness::Within;
use crate::analysis::segments::SegmentKind;
use crate::plan::form_phrase::FormPhrase;
use crate::plan::matching::{Match, WordSlots};
use crate::plan::position_expr::PositionExpr;
use findbuch_query::{DateRange, Field};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// Most words whose every order is asked for.
const MAX_ORDERED: usize = 3;
/// Most words that may stand between, which is more than a text has.
const MAX_GAPS: u32 = i32::MAX.unsigned_abs();

/// Articles that match, from both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// None but such.
    pub surely: Value,
    /// All of them.
    pub possibly: Value,
    /// Whether the two are the same.
    pub exact: bool,
}

impl Bounds {
    fn exact(query: Value) -> Bounds {
        Bounds { surely: query.clone(), possibly: query, exact: true }
    }

    fn at_most(possibly: Value) -> Bounds {
        Bounds { surely: nothing(), possibly, exact: false }
    }

    fn any(any: &[Bounds]) -> Bounds {
        let exact = any.iter().all(|bounds| bounds.exact);
        let should = |of: fn(&Bounds) -> &Value| match any {
            [] => nothing(),
            [one] => of(one).clone(),
            several => {
                json!({ "bool": { "should": several.iter().map(of).collect::<Vec<_>>(), "minimum_should_match": 1 } })
            }
        };
        Bounds { surely: should(|bounds| &bounds.surely), possibly: should(|bounds| &bounds.possibly), exact }
    }

    fn all(demanded: &[Bounds], excluded: &[Bounds]) -> Bounds {
        let exact = demanded.iter().chain(excluded).all(|bounds| bounds.exact);
        let both = |of: fn(&Bounds) -> &Value, not: fn(&Bounds) -> &Value| match (demanded, excluded) {
            ([], []) => everything(),
            ([one], []) => of(one).clone(),
            _ => json!({ "bool": {
                "filter": demanded.iter().map(of).collect::<Vec<_>>(),
                "must_not": excluded.iter().map(not).collect::<Vec<_>>(),
            } }),
        };
        Bounds {
            surely: both(|bounds| &bounds.surely, |bounds| &bounds.possibly),
            possibly: both(|bounds| &bounds.possibly, |bounds| &bounds.surely),
            exact,
        }
    }
}

/// The articles that match.
pub fn bounds(found: &Match) -> Bounds {
    match found {
        Match::Nothing => Bounds::exact(nothing()),
        Match::All(demanded, excluded) => {
            let each = |all: &[Match]| all.iter().map(bounds).collect::<Vec<_>>();
            Bounds::all(&each(demanded), &each(excluded))
        }
        Match::Any(any) => Bounds::any(&any.iter().map(bounds).collect::<Vec<_>>()),
        Match::Text(words) => together("text", &words.slots, words.between),
        Match::Furniture(words) => together("furniture", &words.slots, words.between),
        Match::Parts(stems) => Bounds::exact(with_terms("text", &parts(stems))),
        Match::Forms(forms) => Bounds::exact(with_terms("exact", forms)),
        Match::Names(field, WordSlots { slots, between }) => {
            named(*field).map_or_else(|| Bounds::exact(nothing()), |field| together(field, slots, *between))
        }
        Match::NameForms(field, forms) => {
            let field = named(*field).map(|field| format!("{field}_form"));
            Bounds::exact(field.map_or_else(nothing, |field| with_terms(&field, forms)))
        }
        Match::Phrase(phrase) => form_phrase(phrase),
        Match::Places(expr, least) => {
            let once = places(expr, "text");
            if *least > 1 { Bounds::at_most(once.possibly) } else { once }
        }
        Match::Address(field, pieces) => Bounds::exact(address(*field, pieces)),
        Match::Published(range) => Bounds::exact(published(*range)),
        Match::Under(path) => {
            let path = findbuch_files::encode_path(path);
            let either = ["file", "folder"].map(|field| Bounds::exact(with_terms(field, &[&path])));
            Bounds::any(&either)
        }
        Match::Ids(ids) => Bounds::exact(with_terms("id", ids)),
        Match::Facet(field, value) => Bounds::exact(with_terms(&counted(*field), std::slice::from_ref(value))),
    }
}

fn parts(stems: &[Box<str>]) -> Vec<String> {
    stems.iter().map(|stem| format!("{PART}{stem}")).collect()
}

/// Articles with words together in a field, for each the terms that match it.
fn together(field: &str, slots: &[Vec<Box<str>>], between: Option<u32>) -> Bounds {
    if slots.is_empty() || slots.iter().any(Vec::is_empty) {
        return Bounds::exact(nothing());
    }
    if let [terms] = slots {
        return Bounds::exact(with_terms(field, terms));
    }
    let terms: Vec<Value> = slots.iter().map(|terms| any_term(terms)).collect();
    let near = |ordered: bool, gaps: u32, terms: &[&Value]| json!({ "intervals": { field: { "all_of": { "ordered": ordered, "max_gaps": gaps, "intervals": terms } } } });
    let typed: Vec<&Value> = terms.iter().collect();
    let Some(between) = between else { return Bounds::exact(near(true, 0, &typed)) };
    // OpenSearch takes two words at one position for two, which they are not here: in order they cannot be
    let ordered = if terms.len() > MAX_ORDERED { vec![typed.clone()] } else { orders(&typed) };
    let surely: Vec<Bounds> = ordered.iter().map(|terms| Bounds::exact(near(true, between, terms))).collect();
    Bounds { surely: Bounds::any(&surely).surely, possibly: near(false, between, &typed), exact: false }
}

/// All orders of a few.
fn orders<'a>(values: &[&'a Value]) -> Vec<Vec<&'a Value>> {
    if values.len() < 2 {
        return vec![values.to_vec()];
    }
    let mut all = Vec::new();
    for (at, first) in values.iter().enumerate() {
        let rest: Vec<&Value> = values.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, v)| *v).collect();
        all.extend(orders(&rest).into_iter().map(|rest| std::iter::once(*first).chain(rest).collect::<Vec<_>>()));
    }
    all
}

fn any_term(terms: &[Box<str>]) -> Value {
    let each = terms.iter().map(|term| json!({ "match": { "query": term, "analyzer": "keyword" } }));
    json!({ "any_of": { "intervals": each.collect::<Vec<_>>() } })
}

/// Articles in which an expression has a place in a field of texts.
fn places(expr: &PositionExpr, field: &str) -> Bounds {
    match expr {
        PositionExpr::Stems(stems) => Bounds::exact(with_terms(field, stems)),
        PositionExpr::Parts(stems) => Bounds::exact(with_terms(field, &parts(stems))),
        PositionExpr::Together(slots, between) => {
            let here = together(field, slots, *between);
            // words with others among them may begin in a part and end behind it
            let possibly = if between.is_some() { together("text", slots, *between).possibly } else { here.possibly };
            Bounds { possibly, ..here }
        }
        PositionExpr::Any(exprs) => Bounds::any(&exprs.iter().map(|expr| places(expr, field)).collect::<Vec<_>>()),
        PositionExpr::Word(_, inner) => places(inner, field),
        PositionExpr::HavingForms(forms, inner) => {
            let mut all: Vec<Bounds> = forms.iter().map(|either| Bounds::exact(with_terms("exact", either))).collect();
            all.push(places(inner, field));
            Bounds::all(&all, &[])
        }
        PositionExpr::Remaining(_, _, inner) | PositionExpr::Except(inner, _) => {
            Bounds::at_most(places(inner, field).possibly)
        }
        PositionExpr::Close(_, left, right) => {
            let both = Bounds::all(&[places(left, field), places(right, field)], &[]).possibly;
            // what is close in a part is so in the text
            let near = around(expr).map(|around| Bounds::exact(json!({ "intervals": { "text": around } })));
            Bounds::at_most(
                Bounds::all(&[vec![Bounds::exact(both)], near.into_iter().collect()].concat(), &[]).possibly,
            )
        }
        PositionExpr::In(kinds, inner) => in_segments(kinds, inner),
    }
}

/// Intervals of a text that hold every place of an expression, where positions say that much.
fn around(expr: &PositionExpr) -> Option<Value> {
    let all_of = |ordered: bool, gaps: u32, intervals: &[Value]| json!({ "all_of": { "ordered": ordered, "max_gaps": gaps, "intervals": intervals } });
    match expr {
        PositionExpr::Stems(stems) | PositionExpr::Parts(stems) if stems.is_empty() => None,
        PositionExpr::Stems(stems) => Some(any_term(stems)),
        PositionExpr::Parts(stems) => {
            Some(any_term(&parts(stems).into_iter().map(String::into_boxed_str).collect::<Vec<_>>()))
        }
        PositionExpr::Together(slots, _) if slots.iter().any(Vec::is_empty) => None,
        PositionExpr::Together(slots, between) => {
            let terms: Vec<Value> = slots.iter().map(|terms| any_term(terms)).collect();
            Some(all_of(between.is_none(), between.unwrap_or(0), &terms))
        }
        PositionExpr::Any(exprs) => {
            let all: Vec<Value> = exprs.iter().map(around).collect::<Option<_>>()?;
            (!all.is_empty()).then(|| json!({ "any_of": { "intervals": all } }))
        }
        PositionExpr::Word(_, inner)
        | PositionExpr::HavingForms(_, inner)
        | PositionExpr::Remaining(_, _, inner)
        | PositionExpr::In(_, inner)
        | PositionExpr::Except(inner, _) => around(inner),
        PositionExpr::Close(Within::Words(most) | Within::WordsInOrder(most), left, right) => {
            // of several intervals that begin alike OpenSearch looks at the shortest, behind which there may be more between
            let gaps = most.saturating_add(width(left)).saturating_add(width(right)).min(MAX_GAPS);
            Some(all_of(false, gaps, &[around(left)?, around(right)?]))
        }
        PositionExpr::Close(..) => None,
    }
}

/// Most words that a place of an expression has.
fn width(expr: &PositionExpr) -> u32 {
    match expr {
        PositionExpr::Stems(_) | PositionExpr::Parts(_) => 1,
        PositionExpr::Together(slots, between) => {
            u32::try_from(slots.len()).unwrap_or(u32::MAX).saturating_add(between.unwrap_or(0))
        }
        PositionExpr::Any(exprs) => exprs.iter().map(width).max().unwrap_or(0),
        PositionExpr::Word(_, inner)
        | PositionExpr::HavingForms(_, inner)
        | PositionExpr::Remaining(_, _, inner)
        | PositionExpr::In(_, inner)
        | PositionExpr::Except(inner, _) => width(inner),
        PositionExpr::Close(within, left, right) => {
            let between = match within {
                Within::Words(most) | Within::WordsInOrder(most) => *most,
                Within::Sentence | Within::Paragraph => MAX_GAPS,
            };
            width(left).saturating_add(width(right)).saturating_add(between)
        }
    }
}

/// Articles in which an expression has a place in parts of these kinds.
fn in_segments(kinds: &[SegmentKind], inner: &PositionExpr) -> Bounds {
    let mut fields: Vec<&str> = kinds.iter().filter_map(|kind| of_segment(*kind)).collect();
    fields.dedup();
    match fields.as_slice() {
        // words that are close stay within their part: its own field has them all
        [field] => places(inner, field),
        _ => Bounds::at_most(places(inner, "text").possibly),
    }
}

/// Articles that may have forms side by side: those that have all, and their stems so.
fn form_phrase(phrase: &FormPhrase) -> Bounds {
    let mut all: Vec<Bounds> =
        phrase.forms.iter().map(|form| Bounds::exact(with_terms("exact", std::slice::from_ref(form)))).collect();
    if !phrase.stems.is_empty() && phrase.stems.iter().all(|stems| !stems.is_empty()) {
        all.push(together("text", &phrase.stems, None));
    }
    Bounds::at_most(Bounds::all(&all, &[]).possibly)
}

fn address(field: Option<Field>, pieces: &[String]) -> Value {
    let kind = match field {
        Some(Field::Url) => 'u',
        Some(Field::Path) => 'p',
        _ => 'i',
    };
    let mut pattern = format!("{kind}*");
    for piece in pieces {
        for char in piece.chars() {
            if matches!(char, '*' | '?' | '\\') {
                pattern.push('\\');
            }
            pattern.push(char);
        }
        pattern.push('*');
    }
    json!({ "wildcard": { "address": { "value": pattern } } })
}

fn published(range: DateRange) -> Value {
    let DateRange { from, until } = range;
    if from.is_none() && until.is_none() {
        return everything();
    }
    let days = |day: Date| date(1970, 1, 1).until(day).map_or(0, |span| span.get_days());
    json!({ "range": { "day": { "gte": from.map(days), "lte": until.map(days) } } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(stems: &[&str]) -> Vec<Box<str>> {
        stems.iter().map(|stem| (*stem).into()).collect()
    }

    #[test]
    fn what_is_in_doubt_lies_between_the_bounds() {
        let sure = Match::Forms(stems(&["kran"]));
        let in_doubt = Match::Places(PositionExpr::Stems(stems(&["tal"])), 2);
        let (of_sure, of_doubt) = (bounds(&sure), bounds(&in_doubt));
        assert!(of_sure.exact && of_sure.surely == of_sure.possibly);
        assert_eq!(of_doubt, Bounds::at_most(with_terms("text", &["tal"])));
        let not = bounds(&Match::All(vec![sure.clone()], vec![in_doubt.clone()]));
        // what may be excluded is not sure, and what is not surely excluded is possible
        let bool = |not: &Value| json!({ "bool": { "filter": [of_sure.surely], "must_not": [not] } });
        assert_eq!(not, Bounds { surely: bool(&of_doubt.possibly), possibly: bool(&nothing()), exact: false });
        let any = bounds(&Match::Any(vec![sure, in_doubt]));
        assert!(!any.exact && any.surely != any.possibly);
        assert_eq!(any.surely["bool"]["should"][0], of_sure.surely);
    }

    #[test]
    fn what_must_be_near_is_asked_for_near() {
        let word = |stem: &str| Box::new(PositionExpr::Stems(stems(&[stem])));
        let near =
            |within| bounds(&Match::Places(PositionExpr::Close(within, word("kran"), word("hafen")), 0)).possibly;
        for (within, gaps) in [(Within::Words(5), 7), (Within::WordsInOrder(2), 4)] {
            let asked = near(within).to_string();
            assert!(asked.contains("intervals") && asked.contains(&format!("\"max_gaps\":{gaps},")), "{asked}");
        }
        // the words of a sentence may be as far from each other as sentences are long
        assert!(!near(Within::Sentence).to_string().contains("intervals"));
    }

    #[test]
    fn patterns_of_addresses_hold_what_was_typed_and_nothing_else() {
        let check = |field, pieces: &[&str], expected: &str| {
            let pieces: Vec<String> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
            assert_eq!(address(field, &pieces)["wildcard"]["address"]["value"], expected, "{pieces:?}");
        };
        check(Some(Field::Path), &["bote/", ".txt"], "p*bote/*.txt*");
        check(Some(Field::Url), &["a?b\\c"], "u*a\\?b\\\\c*");
        check(None, &[], "i*");
    }

    #[test]
    fn a_few_words_are_asked_for_in_every_order() {
        let words = [json!(1), json!(2), json!(3)];
        let found = orders(&words.iter().collect::<Vec<_>>());
        assert_eq!(found.len(), 6);
        assert!(found.iter().all(|order| words.iter().all(|word| order.contains(&word))));
    }
}
