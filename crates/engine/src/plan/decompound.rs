//! Decompounding: a compound that is typed is also searched as its parts close together.

use crate::plan::word::{Expansion, ExpansionKind};
use findbuch_german::{CompoundPart, Terms};

/// Most parts that are looked for so.
pub const MAX_PARTS: usize = 3;

/// The ways to divide a compound whose parts are searched close together in any order: into its single parts and, if there are three
/// or more, into all but the last and the last, and into the first and the others (Trinkwasser … Versorgung).
#[must_use]
pub fn decompound(terms: &Terms) -> Vec<Expansion> {
    let Some(end) = terms.parts.iter().map(|part| part.span.end).max() else { return Vec::new() };
    let whole = |part: &CompoundPart| part.span == (0..end);
    let mut found = Vec::new();
    let mut offer = |parts: &[&CompoundPart]| {
        let distinct = parts.windows(2).all(|pair| pair[0].stem != pair[1].stem);
        if !(2..=MAX_PARTS).contains(&parts.len()) || !distinct || parts.iter().any(|part| whole(part)) {
            return;
        }
        let label = parts.iter().map(|part| &*part.stem).collect::<Vec<_>>().join(" … ");
        let slots = parts.iter().map(|part| vec![part.stem.clone()]).collect();
        found.push(Expansion::new(ExpansionKind::Decompounded, &label, slots, false));
    };
    for left in &terms.parts {
        let right = terms.parts.iter().find(|right| right.span.start == left.span.end && right.span.end == end);
        if let Some(right) = right.filter(|_| left.span.start == 0) {
            offer(&[left, right]);
        }
    }
    let mut at = 0;
    let single: Vec<&CompoundPart> = terms
        .parts
        .iter()
        .take_while(|part| {
            let next = part.span.start == at;
            at = part.span.end;
            next
        })
        .collect();
    if single.len() > 2 {
        offer(&single);
    }
    found
}
