//! From tokens to text: one item at a time, joined by blank lines.

mod docs;
mod words;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, thread};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;

pub(crate) use self::docs::is_block;

/// A file of Rust under construction. Items are laid out as they come, so that their tokens need not be kept.
#[derive(Debug, Default)]
pub struct Source {
    docs: String,
    /// Attributes of the file.
    attributes: Vec<String>,
    imports: BTreeSet<String>,
    exports: BTreeSet<String>,
    /// What is laid out: items, and groups of items without blank lines between them.
    blocks: Vec<String>,
    words: BTreeSet<String>,
    error: Option<syn::Error>,
}

impl Source {
    /// A file with the docs of its module.
    pub fn new(docs: &str) -> Self {
        Self {
            docs: docs.to_owned(),
            ..Self::default()
        }
    }

    /// Adds an attribute of the file, such as `#![recursion_limit = "256"]`.
    pub fn attribute(&mut self, text: String) {
        self.attributes.push(text);
    }

    /// Adds an import by its path.
    pub fn import(&mut self, path: &str) {
        self.imports.insert(path.to_owned());
    }

    /// Adds a re-export by its path.
    pub fn export(&mut self, path: &str) {
        self.exports.insert(path.to_owned());
    }

    /// Adds short items that stand together.
    pub fn lines(&mut self, lines: impl IntoIterator<Item = TokenStream>) {
        let lines: Vec<_> = lines.into_iter().map(|line| self.lay_out(line)).collect();
        if !lines.is_empty() {
            self.blocks.push(lines.concat());
        }
    }

    /// Adds items.
    pub fn items(&mut self, items: impl IntoIterator<Item = TokenStream>) {
        for item in items {
            let block = self.lay_out(item);
            self.blocks.push(block);
        }
    }

    fn lay_out(&mut self, item: TokenStream) -> String {
        let text = pretty(item).unwrap_or_else(|error| {
            self.error.get_or_insert(error);
            String::new()
        });
        let text = docs::by_line(&text);
        words::collect(&text, &mut self.words);
        text
    }

    /// Imports what the items mention: `path` says where a word comes from that may need an import.
    pub fn import_words(&mut self, path: impl Fn(&str) -> Option<String>) {
        let paths = self.words.iter().filter_map(|word| path(word));
        self.imports.extend(paths);
    }

    /// The text.
    ///
    /// # Errors
    /// When the tokens are no Rust, which is a mistake in this crate: then with what is wrong.
    pub fn text(self) -> Result<String, syn::Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut text = String::new();
        for line in self.docs.lines() {
            let _ = writeln!(text, "{}", format!("//! {line}").trim_end());
        }
        let attributes = self.attributes.iter().map(|line| format!("{line}\n"));
        let mut blocks: Vec<_> = attributes.collect();
        blocks.extend(import_blocks(&self.imports));
        let exports: Vec<_> = self.exports.iter().map(String::as_str).collect();
        let exports = (!exports.is_empty()).then(|| group(&exports, "pub use").concat());
        for block in blocks.iter().chain(&self.blocks).chain(&exports) {
            text.push('\n');
            text.push_str(block);
        }
        Ok(text)
    }
}

/// A file that is emitted when it is asked for.
pub struct Draft<'k> {
    /// Where it goes, from the root of the package.
    pub path: String,
    /// Emits it.
    pub emit: Box<dyn Fn() -> Source + Sync + 'k>,
}

/// A path, and the text that goes there or what is wrong with it.
pub type Formatted = (String, Result<String, syn::Error>);

/// The texts of files, in the order in which they came. All cores take part; the result does not show it.
pub fn format_all(files: &[Draft<'_>]) -> Vec<Formatted> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    // Whoever is free takes the next file, because files differ much in length.
    let claim = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        files.get(index).map(|file| (index, file))
    };
    let work = || {
        let texts = iter::from_fn(claim).map(|(index, file)| {
            let text = (file.emit)().text();
            (index, (file.path.clone(), text))
        });
        texts.collect::<Vec<_>>()
    };
    let mut texts = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut texts = work();
        for other in others {
            // A thread that panicked passes its panic on.
            texts.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        texts
    });
    texts.sort_unstable_by_key(|(index, _)| *index);
    texts.into_iter().map(|(_, text)| text).collect()
}

/// Those of other crates first, then our own, as people write them.
fn import_blocks(imports: &BTreeSet<String>) -> Vec<String> {
    let of = |class: fn(&str) -> bool| {
        let paths: Vec<_> = imports
            .iter()
            .map(String::as_str)
            .filter(|path| class(path))
            .collect();
        let mut lines = group(&paths, "use");
        lines.sort_by_cached_key(|line| order(line));
        lines.concat()
    };
    let is_own = |path: &str| path.starts_with("crate") || path.starts_with("super");
    let blocks = [
        of(|path| path.starts_with("std")),
        of(|path| {
            !path.starts_with("std") && !path.starts_with("crate") && !path.starts_with("super")
        }),
        of(is_own),
    ];
    blocks
        .into_iter()
        .filter(|block| !block.is_empty())
        .collect()
}

/// The order of imports: `super` first, and in each module its modules before its types, and lists last.
fn order(line: &str) -> (bool, Vec<(u8, String)>) {
    let parts = line.split("::").map(|part| {
        let class = match part.chars().next() {
            Some('{') => 2,
            Some(c) if c.is_uppercase() => 1,
            _ => 0,
        };
        (class, part.to_owned())
    });
    (!line.starts_with("use super"), parts.collect())
}

/// Paths of one module in one line, wrapped as rustfmt does.
fn group(paths: &[&str], word: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    let mut modules: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in paths {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        match modules.iter_mut().find(|(known, _)| *known == module) {
            Some((_, names)) => names.push(name),
            None => modules.push((module, vec![name])),
        }
    }
    let lines = modules.into_iter().map(|(module, names)| {
        let names_text = names.join(", ");
        if names.len() == 1 {
            return format!("{word} {module}::{names_text};\n");
        }
        let line = format!("{word} {module}::{{{names_text}}};\n");
        if line.len() <= WIDTH + 1 {
            return line;
        }
        let mut text = format!("{word} {module}::{{\n");
        let mut current = String::from("   ");
        for name in names {
            if current.len() + name.len() + 2 >= WIDTH {
                text.push_str(&current);
                text.push('\n');
                current = String::from("   ");
            }
            let _ = write!(current, " {name},");
        }
        text.push_str(&current);
        text.push_str("\n};\n");
        text
    });
    lines.collect()
}

fn pretty(item: TokenStream) -> Result<String, syn::Error> {
    Ok(match syn::parse2(item)? {
        syn::Item::Impl(block) => pretty_impl(block),
        syn::Item::Macro(call) => pretty_call(&call.mac)?,
        item => unparse(item),
    })
}

/// An `impl` with a blank line around each function, as people write it.
fn pretty_impl(mut block: syn::ItemImpl) -> String {
    /// What a member is laid out in: the less stands before it, the less is laid out for each.
    const BEFORE: &str = "impl () {\n";
    let members = std::mem::take(&mut block.items);
    let is_fn: Vec<_> = members
        .iter()
        .map(|member| matches!(member, syn::ImplItem::Fn(_)))
        .collect();
    let empty = unparse(syn::Item::Impl(block.clone()));
    let shell = syn::ItemImpl {
        attrs: Vec::new(),
        unsafety: None,
        generics: syn::Generics::default(),
        trait_: None,
        self_ty: syn::parse_quote!(()),
        ..block
    };
    let mut text = empty.trim_end().trim_end_matches("{}").to_owned() + "{\n";
    // Each member is laid out in an `impl` of its own, so that the cost grows with their number only.
    for (index, member) in members.into_iter().enumerate() {
        if index > 0 && (is_fn[index] || is_fn[index - 1]) {
            text.push('\n');
        }
        let items = vec![member];
        let shell = shell.clone();
        let whole = unparse(syn::Item::Impl(syn::ItemImpl { items, ..shell }));
        let body = whole.strip_prefix(BEFORE).unwrap_or(&whole);
        text.push_str(body.strip_suffix("}\n").unwrap_or(body));
    }
    text.push_str("}\n");
    text
}

/// A call of a macro whose arguments are expressions, which are laid out as such.
fn pretty_call(call: &syn::Macro) -> Result<String, syn::Error> {
    let arguments =
        call.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated)?;
    let constant: syn::ItemConst = syn::parse_quote!(
        const _: () = ();
    );
    let arguments = arguments
        .into_iter()
        .map(|argument| pretty_expression(argument, constant.clone()));
    let arguments: Vec<_> = arguments.collect();
    let path = call.path.to_token_stream();
    Ok(format!("{path}!({});\n", arguments.join(", ")))
}

/// An expression, laid out in the place of the one that a constant has.
fn pretty_expression(expression: syn::Expr, mut constant: syn::ItemConst) -> String {
    const BEFORE: &str = "const _: () = ";
    // The expression is put in as it was parsed: to quote it would be to parse it a second time.
    *constant.expr = expression;
    let constant = unparse(syn::Item::Const(constant));
    let text = constant.strip_prefix(BEFORE).unwrap_or(&constant);
    text.trim_end().trim_end_matches(';').to_owned()
}

fn unparse(item: syn::Item) -> String {
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    prettyplease::unparse(&file)
}
