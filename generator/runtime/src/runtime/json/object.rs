//! Objects: what a type says about its properties, and the one loop that reads, writes and checks them all.

use std::borrow::Cow;

use super::reader::Member;
use super::{DecodeError, Entries, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

/// What is fixed about an object type: its name and its properties, in the order of its fields.
#[derive(Debug)]
pub struct Shape {
    pub(super) name: &'static str,
    pub(super) keys: &'static [Key],
    pub(super) rules: &'static [Rule],
    closed: bool,
}

/// A property: its name on the wire, whether it is required, and the rules that its value must keep.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) rules: &'static [Rule],
    escaped: bool,
}

impl Shape {
    /// A type called `name` with these properties.
    pub const fn new(name: &'static str, keys: &'static [Key]) -> Self {
        Self {
            name,
            keys,
            rules: &[],
            closed: false,
        }
    }

    /// The same, where other properties are forbidden.
    pub const fn closed(self) -> Self {
        Self {
            closed: true,
            ..self
        }
    }

    /// The same, with rules about the object itself, such as how many properties it may have.
    pub const fn with_rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// The type's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The index of the property `name`. Looks at `hint` first: most writers keep the order of the document.
    fn find(&self, name: &str, hint: usize) -> Option<usize> {
        let (before, after) = self.keys.split_at(hint.min(self.keys.len()));
        let position = |keys: &[Key]| keys.iter().position(|key| key.name == name);
        position(after)
            .map(|index| hint + index)
            .or_else(|| position(before))
    }

    /// What was expected of an object that lacks required properties, if it does.
    fn missing(&self, seen: &Seen) -> Option<String> {
        let missing = |(index, key): &(usize, &Key)| key.required && !seen.contains(*index);
        let mut missing = self.keys.iter().enumerate().filter(missing).peekable();
        missing.peek()?;
        let names: Vec<_> = missing.map(|(_, key)| format!("`{}`", key.name)).collect();
        Some(format!("{} with {}", self.name, names.join(", ")))
    }
}

impl Key {
    /// A property that must be there. A nullable one is written as `null` when it has no value.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
            rules: &[],
            escaped: false,
        }
    }

    /// A property that is left out when it has no value.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            rules: &[],
            escaped: false,
        }
    }

    /// The same, with a name that JSON spells with escapes (RFC 8259 §7).
    pub const fn escaped(self) -> Self {
        Self {
            escaped: true,
            ..self
        }
    }

    /// The same, with rules for its value.
    pub const fn with_rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}

/// An object that is written or checked.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    /// What is fixed about it.
    pub shape: &'static Shape,
    /// Its fields, in the order of the shape.
    pub fields: &'a [&'a dyn Json],
    /// Its other properties, where its type keeps them.
    pub rest: Option<&'a dyn Entries>,
}

impl<'a> Reader<'a> {
    /// Reads an object into `fields`, which stand in the order of the shape, and its other properties into `rest`.
    /// Without a `rest` they are ignored, or refused where the shape forbids them.
    ///
    /// # Errors
    /// When the next value is no object, a property cannot be read or comes twice, or required ones are missing:
    /// then all of them are named.
    pub fn object(
        &mut self,
        shape: &Shape,
        fields: &mut [&mut dyn Json],
        rest: Option<&mut dyn Entries>,
    ) -> Result<(), DecodeError> {
        if let Some(rest) = rest {
            rest.clear_entries();
            return self.properties(shape, fields, &mut |reader, key| {
                rest.read_entry(key, reader)
            });
        }
        self.properties(shape, fields, &mut |reader, _| {
            if shape.closed && !reader.lenient {
                return Err(reader.error("no property of this name", "one"));
            }
            reader.ignored += 1;
            reader.skip()
        })
    }

    /// Passes over a null that stands for absence.
    fn take_for_absent(&mut self) -> Result<(), DecodeError> {
        if !self.lenient {
            return Err(self.unexpected("a value, or no property at all"));
        }
        self.ignored += 1;
        self.skip()
    }

    /// Reads a property or a position of a tuple.
    pub(super) fn field(&mut self, key: &Key, field: &mut dyn Json) -> Result<(), DecodeError> {
        let null = self.peek() == Some(b'n');
        let before = self.at;
        field.read(self)?;
        // A null that has become absence is not written again.
        if null && !key.required && field.is_absent() {
            self.at = before;
            self.take_for_absent()?;
        }
        Ok(())
    }

    fn properties(
        &mut self,
        shape: &Shape,
        fields: &mut [&mut dyn Json],
        other: &mut Member<'_, 'a>,
    ) -> Result<(), DecodeError> {
        self.peek();
        let start = self.at;
        let mut seen = Seen::new(fields.len());
        let mut hint = 0;
        self.open(b'{', "an object")?;
        let mut first = true;
        while self.goes_on(b'}', first)? {
            first = false;
            let (name, index) = self.name(shape, hint)?;
            let read = match index {
                None => other(self, &name),
                Some(index) if !seen.insert(index) => {
                    Err(self.error("each property once", "it a second time"))
                }
                Some(index) => {
                    hint = index + 1;
                    match fields.get_mut(index) {
                        Some(field) => self.field(&shape.keys[index], *field),
                        None => self.skip(),
                    }
                }
            };
            read.map_err(|error| error.inside(name))?;
        }
        match shape.missing(&seen) {
            None => Ok(()),
            Some(expected) => Err(DecodeError::new(expected, "an object without", start)),
        }
    }

    /// Reads `key` and the colon after it, where they come next without escapes and space.
    fn take(&mut self, key: &Key) -> bool {
        self.peek();
        let rest = self.text.as_bytes()[self.at..].strip_prefix(b"\"");
        let rest = rest.and_then(|rest| rest.strip_prefix(key.name.as_bytes()));
        let found = !key.escaped && rest.is_some_and(|rest| rest.starts_with(b"\":"));
        if found {
            self.at += key.name.len() + 3;
        }
        found
    }

    /// Reads the name of a property and the colon after it; tells its index as well, if it has one. Most writers keep
    /// the order of the document, so that the property at `hint` comes next.
    fn name(
        &mut self,
        shape: &Shape,
        hint: usize,
    ) -> Result<(Cow<'a, str>, Option<usize>), DecodeError> {
        if let Some(key) = shape.keys.get(hint).filter(|key| self.take(key)) {
            return Ok((Cow::Borrowed(key.name), Some(hint)));
        }
        let name = self.key()?;
        let index = shape.find(&name, hint);
        Ok((name, index))
    }
}

impl Writer {
    /// Writes an object.
    pub fn object(&mut self, object: Object<'_>) {
        self.begin('{');
        for (key, field) in object.present() {
            self.key(key.name);
            field.write(self);
        }
        if let Some(rest) = object.rest {
            rest.write_entries(self);
        }
        self.end('}');
    }
}

impl Checker {
    /// Checks an object against the rules of its shape, and those of the place where it stands.
    pub fn object(&mut self, rules: &'static [Rule], object: Object<'_>) {
        let mut count = object.rest.map_or(0, Entries::count);
        for (key, field) in object.present() {
            count += 1;
            self.inside(key.name, |checker| field.check(key.rules, checker));
        }
        for rules in [object.shape.rules, rules] {
            self.written(rules, &|writer| writer.object(object));
            self.property_count(count, rules);
        }
        if let Some(rest) = object.rest {
            self.rest(object.shape, rest);
        }
    }

    /// Checks the properties that have no field.
    fn rest(&mut self, shape: &Shape, rest: &dyn Entries) {
        rest.check_entries(shape.rules, self);
        for key in shape.keys {
            if rest.has(key.name) {
                self.inside(key.name, |checker| {
                    checker.report("is a property with a field of its own, and stands twice");
                });
            }
        }
    }
}

impl<'a> Object<'a> {
    /// The properties that have a value.
    fn present(self) -> impl Iterator<Item = (&'static Key, &'a dyn Json)> {
        let fields = self.shape.keys.iter().zip(self.fields.iter().copied());
        fields.filter(|(key, field)| key.required || !field.is_absent())
    }
}

/// Which properties have been read: one bit each, on the stack up to 128.
struct Seen {
    first: [u64; 2],
    rest: Vec<bool>,
}

impl Seen {
    fn new(count: usize) -> Self {
        Self {
            first: [0; 2],
            rest: vec![false; count.saturating_sub(128)],
        }
    }

    /// Marks a property; `false` if it was marked before.
    fn insert(&mut self, index: usize) -> bool {
        let fresh = !self.contains(index);
        if let Some(bits) = self.first.get_mut(index / 64) {
            *bits |= 1 << (index % 64);
        } else if let Some(seen) = self.rest.get_mut(index - 128) {
            *seen = true;
        }
        fresh
    }

    fn contains(&self, index: usize) -> bool {
        match self.first.get(index / 64) {
            Some(bits) => bits >> (index % 64) & 1 == 1,
            None => self.rest.get(index - 128).is_some_and(|seen| *seen),
        }
    }
}
