//! Objects: what a type says about its properties, and the one loop that reads, writes and checks them all.

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
        let is = |key: &Key| key.name == name;
        if self.keys.get(hint).is_some_and(is) {
            return Some(hint);
        }
        self.keys.iter().position(is)
    }
}

impl Key {
    /// A property that must be there. A nullable one is written as `null` when it has no value.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
            rules: &[],
        }
    }

    /// A property that is left out when it has no value.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            rules: &[],
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
        self.members(&mut |reader, key| {
            let Some(index) = shape.find(key, hint) else {
                return other(reader, key);
            };
            hint = index + 1;
            if !seen.insert(index) {
                return Err(reader.error("each property once", "it a second time"));
            }
            let Some(field) = fields.get_mut(index) else {
                return reader.skip();
            };
            reader.field(&shape.keys[index], *field)
        })?;
        let missing = |(index, key): &(usize, &Key)| key.required && !seen.contains(*index);
        let mut missing = shape.keys.iter().enumerate().filter(missing).peekable();
        if missing.peek().is_none() {
            return Ok(());
        }
        let names: Vec<_> = missing.map(|(_, key)| format!("`{}`", key.name)).collect();
        let expected = format!("{} with {}", shape.name, names.join(", "));
        Err(DecodeError::new(expected, "an object without", start))
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
    first: u128,
    rest: Vec<bool>,
}

impl Seen {
    fn new(count: usize) -> Self {
        Self {
            first: 0,
            rest: vec![false; count.saturating_sub(128)],
        }
    }

    /// Marks a property; `false` if it was marked before.
    fn insert(&mut self, index: usize) -> bool {
        let fresh = !self.contains(index);
        if index < 128 {
            self.first |= 1 << index;
        } else if let Some(seen) = self.rest.get_mut(index - 128) {
            *seen = true;
        }
        fresh
    }

    fn contains(&self, index: usize) -> bool {
        if index < 128 {
            self.first >> index & 1 == 1
        } else {
            self.rest.get(index - 128).is_some_and(|seen| *seen)
        }
    }
}
