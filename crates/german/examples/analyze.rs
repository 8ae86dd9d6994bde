//! Prints the terms of a text, a word a line.
//!
//! ```text
//! cargo run -p findbuch-german --example analyze -- 'Munitionslieferungen für U-Boote'
//! ```

use findbuch_german::{Analyzer, is_stop_word, normalize};

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        return Err("no text: give one as argument, such as 'Munitionslieferungen'".to_owned());
    }
    let text = normalize(&arguments.join(" ")).into_owned();
    for token in Analyzer::default().tokens(&text) {
        let word = &text[token.span.clone()];
        let parts: Vec<&str> = token.terms.parts.iter().map(|part| &*part.stem).collect();
        let implied: Vec<&str> = token.also.iter().map(|(terms, _)| &*terms.stem).collect();
        let mut notes = vec![format!("stem {}", token.terms.stem)];
        if !parts.is_empty() {
            notes.push(format!("parts {}", parts.join(" + ")));
        }
        if !implied.is_empty() {
            notes.push(format!("implies {}", implied.join(", ")));
        }
        if is_stop_word(&token.terms.exact) {
            notes.push("a function word".to_owned());
        }
        println!("{word}: {}", notes.join("; "));
    }
    Ok(())
}
