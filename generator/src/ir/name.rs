//! Identifiers: only a [`Scope`] can make one, so two things of a scope cannot have the same name.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Deref;

use unicode_normalization::UnicodeNormalization;

use super::words::{self, Words};

/// A Rust identifier that is valid and unique in its scope; keywords are spelled raw, as `r#type`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// What an argument is called that is given for what has this name. Clippy takes some names for placeholders where they are
    /// bound, and only there (`disallowed_names`).
    #[must_use]
    pub fn bound(&self) -> Self {
        match self.0.as_str() {
            "foo" | "baz" | "quux" => Self(format!("{self}_")),
            _ => self.clone(),
        }
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the names of a scope are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// The case of functions and fields: `list_sessions`.
    Snake,
    /// The case of modules, which share their namespace with types: a name without upper and lower case gets a `_`.
    Module,
    /// The case of setters: those that look like operators get a `_`, because `a.add(b)` would be taken for `a + b`.
    Setter,
    /// The case of types and variants: `ListSessions`.
    Pascal,
    /// The case of constants, which share their namespace with functions: `LIST_SESSIONS`, and `日本_` as for modules.
    Constant,
}

/// The methods of `std::ops` that take a value beside `self`.
const OPERATORS: &[&str] = &[
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

/// A namespace: the fields of a struct, the variants of an enum, the types of a crate.
///
/// ```
/// use bindery_generator::ir::{Case, Scope};
///
/// let mut fields = Scope::new(Case::Snake, &["send"]);
/// assert_eq!(&*fields.mint("userId"), "user_id");
/// assert_eq!(&*fields.mint("user-id"), "user_id_2");
/// assert_eq!(&*fields.mint("type"), "r#type");
/// assert_eq!(&*fields.mint("send"), "send_");
/// ```
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    reserved: &'static [&'static str],
    taken: BTreeSet<String>,
    /// The number that was last added to a name: hundreds of things may ask for one.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// An empty scope in which `reserved` names are not given out as they are.
    pub fn new(case: Case, reserved: &'static [&'static str]) -> Self {
        Self {
            case,
            reserved,
            taken: BTreeSet::new(),
            numbers: HashMap::new(),
        }
    }

    /// A scope in which `names` are taken.
    pub fn of<'n>(case: Case, names: impl IntoIterator<Item = &'n Name>) -> Self {
        Self::new(case, &[]).without(names)
    }

    /// The same scope, in which `names` are taken as well.
    #[must_use]
    pub fn without<'n>(mut self, names: impl IntoIterator<Item = &'n Name>) -> Self {
        let plain = |name: &Name| name.trim_start_matches("r#").to_owned();
        self.taken.extend(names.into_iter().map(plain));
        self
    }

    /// A name made from `text`; a number is added when it is taken.
    pub fn mint(&mut self, text: &str) -> Name {
        self.mint_first(&[text])
    }

    /// A name made from the first of `texts` that is free; a number is added to the last one when none is.
    pub fn mint_first(&mut self, texts: &[&str]) -> Name {
        for text in texts {
            let name = self.spell(&Words::of(text));
            if self.taken.insert(name.clone()) {
                return self.finish(name);
            }
        }
        let base = Words::of(texts.last().copied().unwrap_or_default());
        let plain = self.spell(&base);
        let mut number = self.numbers.get(&plain).copied().unwrap_or(1);
        let name = loop {
            number += 1;
            let name = self.spell(&base.and(&number.to_string()));
            if self.taken.insert(name.clone()) {
                break name;
            }
        };
        self.numbers.insert(plain, number);
        self.finish(name)
    }

    /// Whether `text` would get its name without a number.
    pub fn is_free(&self, text: &str) -> bool {
        !self.taken.contains(&self.spell(&Words::of(text)))
    }

    /// The name that `words` ask for, before reserved names are looked at, in the form in which the compiler compares names
    /// (Rust Reference, "Identifiers": NFC).
    fn spell(&self, words: &Words) -> String {
        let name = match self.case {
            Case::Snake | Case::Module | Case::Setter => words.snake(),
            Case::Pascal => words.pascal(),
            Case::Constant => words.snake().to_uppercase(),
        };
        if name.is_ascii() {
            name
        } else {
            name.nfc().collect()
        }
    }

    fn finish(&mut self, name: String) -> Name {
        let like_others = || match self.case {
            Case::Module => Words::of(&name).pascal() == name,
            Case::Constant => name.to_lowercase() == name,
            Case::Setter => OPERATORS.contains(&name.as_str()),
            Case::Snake | Case::Pascal => false,
        };
        if words::cannot_be_raw(&name) || self.reserved.contains(&name.as_str()) || like_others() {
            let suffixed = match self.case {
                Case::Pascal => format!("{name}Model"),
                Case::Snake | Case::Module | Case::Constant | Case::Setter => format!("{name}_"),
            };
            self.taken.insert(suffixed.clone());
            return Name(suffixed);
        }
        if words::is_keyword(&name) {
            return Name(format!("r#{name}"));
        }
        Name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(case: Case, texts: &[&str], expected: &[&str]) {
        let mut scope = Scope::new(case, &["String"]);
        let names: Vec<_> = texts.iter().map(|text| scope.mint(text)).collect();
        assert_eq!(
            names.iter().map(|name| &**name).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn names_are_unique_whatever_their_case_and_punctuation() {
        check(
            Case::Pascal,
            &["pet-store", "petStore", "PET_STORE"],
            &["PetStore", "PetStore2", "PetStore3"],
        );
        check(
            Case::Snake,
            &["pet", "pet_2", "pet", "pet"],
            &["pet", "pet_2", "pet_3", "pet_4"],
        );
    }

    #[test]
    fn what_the_compiler_takes_for_one_name_is_one() {
        check(
            Case::Snake,
            &["\u{e9}", "e\u{301}", "E-\u{301}"],
            &["\u{e9}", "\u{e9}_2", "e_\u{301}"],
        );
    }

    #[test]
    fn keywords_are_raw_where_rust_allows_it() {
        check(
            Case::Snake,
            &["type", "self", "crate", "async"],
            &["r#type", "self_", "crate_", "r#async"],
        );
        check(
            Case::Pascal,
            &["Self", "string"],
            &["SelfModel", "StringModel"],
        );
    }

    #[test]
    fn a_module_is_never_called_like_a_type_nor_a_constant_like_a_function() {
        check(Case::Module, &["pets", "日本"], &["pets", "日本_"]);
        check(Case::Constant, &["pets", "日本"], &["PETS", "日本_"]);
    }

    #[test]
    fn a_name_can_be_made_of_anything() {
        check(
            Case::Pascal,
            &["", "3d", "+1", "-1", "日本", ">="],
            &[
                "Empty",
                "N3D",
                "Plus1",
                "Minus1",
                "日本",
                "GreaterThanEqual",
            ],
        );
    }
}
