//! The modules of a crate as its sources declare them, and which file each name leads to.
//!
//! Files are read as tokens, so that comments and strings do not matter and paths inside macros count. What only tests compile
//! (`#[cfg(test)]`) is left out: a test may use whatever it needs. Methods are not followed, as their types are not known.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A module: a file, or a block inside one.
pub struct Module {
    /// Index of the module that declares it; none for the root of the crate.
    pub parent: Option<usize>,
    /// Index of the module that is the file it stands in: itself, unless it is a block.
    pub file: usize,
    /// Below the crate's folder.
    pub path: PathBuf,
    children: BTreeMap<String, usize>,
    items: BTreeMap<String, Kind>,
    /// Names that `use` brings in, with their paths.
    imports: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    mentions: Vec<Mention>,
}

/// What a name stands for, as far as circles care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Type,
    Code,
}

/// A path that stands in the code of a module.
struct Mention {
    path: Vec<String>,
    is_reexport: bool,
}

/// A file's code names an item of another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Modules that are files.
    pub from: usize,
    pub to: usize,
    pub item: String,
    pub kind: Kind,
}

/// All modules of a crate; the first is its root.
pub struct Modules(Vec<Module>);

/// Where a path leads: a module, or an item of one.
enum Target {
    Module(usize),
    Item(usize, String, Kind),
}

/// Reads a crate from `root`, such as `lib.rs`; `read` gives the text of a file below the crate's folder, if it exists.
pub fn modules(root: &str, read: &dyn Fn(&Path) -> Option<String>) -> Modules {
    let mut modules = Modules(Vec::new());
    let text = read(Path::new(root)).unwrap_or_else(|| panic!("no {root}"));
    modules.add_file(None, root.into(), Path::new(""), &text, read);
    modules
}

impl Modules {
    pub fn get(&self, module: usize) -> &Module {
        &self.0[module]
    }

    /// Adds the module of a file whose child modules lie in `folder`.
    fn add_file(
        &mut self,
        parent: Option<usize>,
        path: PathBuf,
        folder: &Path,
        text: &str,
        read: &dyn Fn(&Path) -> Option<String>,
    ) -> usize {
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let module = self.add(parent, None, path);
        self.fill(module, tokens, folder, read, true);
        module
    }

    fn add(&mut self, parent: Option<usize>, file: Option<usize>, path: PathBuf) -> usize {
        let index = self.0.len();
        self.0.push(Module {
            parent,
            file: file.unwrap_or(index),
            path,
            children: BTreeMap::new(),
            items: BTreeMap::new(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            mentions: Vec::new(),
        });
        index
    }

    /// Reads tokens into a module; items are declared only at its `top`.
    fn fill(
        &mut self,
        module: usize,
        tokens: TokenStream,
        folder: &Path,
        read: &dyn Fn(&Path) -> Option<String>,
        top: bool,
    ) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        let mut is_public = false;
        while at < tokens.len() {
            let previous = at.checked_sub(1).map(|before| &tokens[before]);
            // a field or method, or a path that begins outside the crate
            let is_elsewhere = is(previous, '.') || (at > 1 && is(previous, ':') && is(tokens.get(at - 2), ':'));
            match &tokens[at] {
                TokenTree::Punct(sign) if sign.as_char() == '#' && is_of_tests(tokens.get(at + 1)) => {
                    at = end_of_item(&tokens, at);
                    continue;
                }
                TokenTree::Punct(sign) => is_public &= sign.as_char() != ';',
                TokenTree::Group(group) => {
                    is_public &= group.delimiter() == Delimiter::Parenthesis;
                    self.fill(module, group.stream(), folder, read, false);
                }
                TokenTree::Ident(word) if *word == "pub" => is_public = true,
                TokenTree::Ident(word) if *word == "use" && !is(tokens.get(at + 1), '<') => {
                    let end = at + tokens[at..].iter().position(|token| is(Some(token), ';')).unwrap_or(0);
                    self.import(module, &[], &tokens[at + 1..end], is_public);
                    at = end;
                    continue;
                }
                TokenTree::Ident(word) if top && *word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(body)) = (tokens.get(at + 1), tokens.get(at + 2)) {
                        self.declare(module, &name.to_string(), body, folder, read);
                        at += 2;
                    }
                }
                TokenTree::Ident(word) => {
                    if top && let Some(kind) = kind(&word.to_string()) {
                        if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                            self.0[module].items.entry(name.to_string()).or_insert(kind);
                        }
                    } else if !is_elsewhere {
                        let path = path_at(&tokens, at);
                        at += 3 * (path.len() - 1);
                        if path.len() > 1 || looks_imported(&path[0], tokens.get(at + 1)) {
                            self.0[module].mentions.push(Mention { path, is_reexport: false });
                        }
                    }
                }
                TokenTree::Literal(_) => {}
            }
            at += 1;
        }
    }

    /// Adds a child module, from its block or from its file.
    fn declare(
        &mut self,
        module: usize,
        name: &str,
        body: &TokenTree,
        folder: &Path,
        read: &dyn Fn(&Path) -> Option<String>,
    ) {
        let below = folder.join(name);
        let child = if let TokenTree::Group(block) = body {
            let (file, path) = (self.0[module].file, self.0[module].path.clone());
            let child = self.add(Some(module), Some(file), path);
            self.fill(child, block.stream(), &below, read, true);
            child
        } else {
            let places = [below.join("mod.rs"), folder.join(format!("{name}.rs"))];
            let found = places.into_iter().find_map(|path| read(&path).map(|text| (path, text)));
            let (path, text) = found.unwrap_or_else(|| panic!("no file for module {name} in {}", folder.display()));
            self.add_file(Some(module), path, &below, &text, read)
        };
        self.0[module].children.insert(name.to_owned(), child);
    }

    /// Reads what stands between `use` and `;`: one path, or several in braces.
    fn import(&mut self, module: usize, start: &[String], tree: &[TokenTree], is_public: bool) {
        if start.is_empty() && is(tree.first(), ':') {
            return;
        }
        let mut path = start.to_vec();
        let mut alias = None;
        for (at, token) in tree.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if *word == "as" => {
                    alias = tree.get(at + 1).map(ToString::to_string);
                    break;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(sign) if sign.as_char() == '*' => {
                    self.0[module].mentions.push(Mention { path: path.clone(), is_reexport: false });
                    self.0[module].globs.push(path);
                    return;
                }
                TokenTree::Group(group) => {
                    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                    for one in tokens.split(|token| is(Some(token), ',')).filter(|one| !one.is_empty()) {
                        self.import(module, &path, one, is_public);
                    }
                    return;
                }
                _ => {}
            }
        }
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = alias.or_else(|| path.last().cloned()).unwrap_or_default();
        self.0[module].mentions.push(Mention { path: path.clone(), is_reexport: is_public });
        self.0[module].imports.insert(name, path);
    }

    /// Every use of one file's items by another's code.
    pub fn uses(&self) -> Vec<Use> {
        let mut uses = Vec::new();
        for (index, module) in self.0.iter().enumerate() {
            for mention in &module.mentions {
                let Some(Target::Item(owner, item, kind)) = self.resolve(index, &mention.path, 0) else { continue };
                let (from, to) = (module.file, self.0[owner].file);
                // to hand on what a child has is how a folder is put together, and no use of it
                let is_wiring = mention.is_reexport && self.chain(to).contains(&from);
                let found = Use { from, to, item, kind };
                if from != to && !is_wiring && !uses.contains(&found) {
                    uses.push(found);
                }
            }
        }
        uses
    }

    /// A file's module and the files above it, itself first.
    pub fn chain(&self, file: usize) -> Vec<usize> {
        let files = std::iter::successors(Some(file), |file| Some(self.0[self.0[*file].parent?].file));
        files.collect()
    }

    fn resolve(&self, module: usize, path: &[String], depth: usize) -> Option<Target> {
        let mut at = Target::Module(module);
        for (place, name) in path.iter().enumerate() {
            at = match (at, name.as_str()) {
                (Target::Module(_), "crate") => Target::Module(0),
                (Target::Module(module), "self") => Target::Module(module),
                (Target::Module(module), "super") => Target::Module(self.0[module].parent?),
                (Target::Module(module), name) => {
                    let is_last = place + 1 == path.len();
                    // the first word of `use x::x` is not what that brings in
                    let is_own = depth > 0 && place == 0;
                    self.look_up(module, name, is_last, is_own, depth)?
                }
                // a variant, or a function that belongs to a type
                (item, _) => item,
            };
        }
        Some(at)
    }

    /// What a name means in a module: at the end of a path rather an item, before it rather a module.
    fn look_up(&self, module: usize, name: &str, is_last: bool, is_own: bool, depth: usize) -> Option<Target> {
        if depth > 16 {
            return None;
        }
        let scope = &self.0[module];
        let child = scope.children.get(name).map(|child| Target::Module(*child));
        if !is_last && child.is_some() {
            return child;
        }
        if let Some(kind) = scope.items.get(name) {
            return Some(Target::Item(module, name.to_owned(), *kind));
        }
        let import = scope.imports.get(name).filter(|path| !is_own || path[0] != name);
        let imported = import.and_then(|path| self.resolve(module, path, depth + 1));
        imported.or(child).or_else(|| {
            scope.globs.iter().find_map(|glob| match self.resolve(module, glob, depth + 1)? {
                Target::Module(from) if from != module => self.look_up(from, name, is_last, false, depth + 1),
                _ => None,
            })
        })
    }
}

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether an attribute, given without its `#`, makes what follows a part of tests alone.
fn is_of_tests(attribute: Option<&TokenTree>) -> bool {
    matches!(attribute, Some(TokenTree::Group(group)) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// The place after the item that begins at `at`.
fn end_of_item(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is(Some(token), ';'),
    };
    tokens[at..].iter().position(ends).map_or(tokens.len(), |length| at + length + 1)
}

/// What a keyword declares.
fn kind(keyword: &str) -> Option<Kind> {
    match keyword {
        "struct" | "enum" | "trait" | "type" => Some(Kind::Type),
        "fn" | "const" | "static" => Some(Kind::Code),
        _ => None,
    }
}

/// The path that begins at `at`.
fn path_at(tokens: &[TokenTree], mut at: usize) -> Vec<String> {
    let mut path = vec![tokens[at].to_string()];
    while is(tokens.get(at + 1), ':')
        && is(tokens.get(at + 2), ':')
        && let Some(TokenTree::Ident(name)) = tokens.get(at + 3)
    {
        path.push(name.to_string());
        at += 3;
    }
    path
}

/// Whether a word that stands alone may be an imported name rather than a variable.
fn looks_imported(word: &str, next: Option<&TokenTree>) -> bool {
    let is_called = matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
    is_called || word.starts_with(char::is_uppercase)
}
