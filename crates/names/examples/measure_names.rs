//! How good the names are: precision, recall and F1 by kind on annotated files, exact spans.
//!
//!     cargo run --release --example measure_names -- FILE…

#[path = "shared/annotated.rs"]
mod annotated;

use findbuch_names::Tagger;
use findbuch_names::tokens::Token;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let tagger = Tagger::default();
    for (file, path) in std::env::args().skip(1).map(PathBuf::from).enumerate() {
        let mut counts = [annotated::Counts::default(); 3];
        let sentences = annotated::read(&path, file)?;
        for sentence in &sentences {
            let tokens: Vec<Token> =
                sentence.words.iter().map(|word| Token::new(word, 0, &tagger.model().words)).collect();
            let found: Vec<_> = tagger
                .model()
                .mentions(&tokens)
                .into_iter()
                .map(|name| (name.kind, name.tokens.start, name.tokens.end))
                .collect();
            annotated::count(&mut counts, &found, &annotated::names(&sentence.labels));
        }
        println!("{}: {} sentences", path.display(), sentences.len());
        annotated::print(&counts);
    }
    Ok(())
}
