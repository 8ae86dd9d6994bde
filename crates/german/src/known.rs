//! Words that news often have, analysed beforehand: an analysis costs fifty times what it takes to read it here.
//!
//! What the analysis makes of a word is kept as a recipe, by which bytes are cut from the folded form and which are put in their place;
//! words of one declension share a recipe, and so do compounds whose parts are as long. `examples/known` writes the recipes and the map
//! from words to them; the words themselves are not stored ([`crate::hashed`]). A test holds that it says what the analysis says.
//!
//! A file of recipes is a list of them, each behind a byte with its length. A recipe has the kinds of
//! words that the form may be; the stem; the number of other stems, and these; and parts to the end:
//! where they begin and end. A stem is a byte with the number of bytes that are cut, a byte with the number of those put there, and these.
//! The end of a part is counted from the end of the word.

use crate::fold::fold;
use crate::hashed::HashedMap;
use crate::table::{Analysis, CompoundPart};
use std::sync::LazyLock;

static WORDS: HashedMap = HashedMap::new(include_bytes!("data/known.bin"));
static RECIPES: LazyLock<Vec<&'static [u8]>> = LazyLock::new(|| divided(include_bytes!("data/recipes.bin")));

/// The recipes in a file of them.
fn divided(mut file: &'static [u8]) -> Vec<&'static [u8]> {
    let mut recipes = Vec::new();
    while let Some((length, rest)) = file.split_first() {
        let Some((recipe, rest)) = rest.split_at_checked(usize::from(*length)) else { break };
        recipes.push(recipe);
        file = rest;
    }
    recipes
}

/// The analysis of a word, of which `key` is what stands in the table of analysed words; none of a word that is not known.
pub fn analysis(word: &str, key: &str) -> Option<Analysis> {
    let recipe = RECIPES.get(usize::from(WORDS.get(&[key])?))?;
    follow(recipe, word)
}

/// What a recipe makes of a word.
fn follow(mut recipe: &[u8], word: &str) -> Option<Analysis> {
    let form = fold(word);
    let recipe = &mut recipe;
    let kinds = byte(recipe)?;
    let stem = edited(recipe, &form)?;
    let others = (0..byte(recipe)?).map(|_| Some(edited(recipe, &form)?.into())).collect::<Option<_>>()?;
    let mut parts = Vec::new();
    while !recipe.is_empty() {
        let span = usize::from(byte(recipe)?)..form.len().checked_sub(usize::from(byte(recipe)?))?;
        parts.push(CompoundPart { stem: edited(recipe, form.get(span.clone())?)?.into(), span });
    }
    Some(Analysis { form, stem, others, parts: parts.into(), kinds })
}

fn byte(recipe: &mut &[u8]) -> Option<u8> {
    recipe.split_off_first().copied()
}

fn edited(recipe: &mut &[u8], text: &str) -> Option<String> {
    let kept = text.get(..text.len().checked_sub(usize::from(byte(recipe)?))?)?;
    let added = usize::from(byte(recipe)?);
    let added = std::str::from_utf8(recipe.split_off(..added)?).ok()?;
    Some([kept, added].concat())
}

/// The recipe that makes this analysis of a word; none where there is none, as for a form of another length than the word.
pub fn recipe(word: &str, analysis: &Analysis) -> Option<Vec<u8>> {
    let form = &analysis.form;
    let mut recipe = vec![analysis.kinds];
    edit(form, &analysis.stem, &mut recipe)?;
    recipe.push(u8::try_from(analysis.others.len()).ok()?);
    for other in &analysis.others {
        edit(form, other, &mut recipe)?;
    }
    for part in &analysis.parts {
        recipe.push(u8::try_from(part.span.start).ok()?);
        recipe.push(u8::try_from(form.len().checked_sub(part.span.end)?).ok()?);
        edit(form.get(part.span.clone())?, &part.stem, &mut recipe)?;
    }
    let followed = follow(&recipe, word).filter(|_| u8::try_from(recipe.len()).is_ok())?;
    (followed == *analysis).then_some(recipe)
}

/// How one text becomes another: what is cut at its end, and what is put there.
fn edit(from: &str, to: &str, recipe: &mut Vec<u8>) -> Option<()> {
    let same = from.char_indices().zip(to.chars()).take_while(|((_, a), b)| a == b);
    let same = same.map(|((at, char), _)| at + char.len_utf8()).last().unwrap_or(0);
    recipe.push(u8::try_from(from.len() - same).ok()?);
    recipe.push(u8::try_from(to.len() - same).ok()?);
    recipe.extend(to[same..].bytes());
    Some(())
}
