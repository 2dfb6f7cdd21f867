//! Arrays whose items each have a type of their own (JSON Schema 2020-12 §10.3.1.1).

use super::list::items;
use super::{DecodeError, Json, Reader, Shape, Writer};
use crate::runtime::check::{Checker, Rule};

/// The items after those that have fields, whatever their type is.
#[doc(hidden)]
pub trait Rest {
    /// Forgets all items.
    fn clear_items(&mut self);

    /// Reads one more item.
    ///
    /// # Errors
    /// When it is of another type.
    fn read_item(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// All items in order.
    fn all_items(&self) -> Vec<&dyn Json>;
}

impl<T: Json> Rest for Vec<T> {
    fn clear_items(&mut self) {
        self.clear();
    }

    fn read_item(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.push(reader.value()?);
        Ok(())
    }

    fn all_items(&self) -> Vec<&dyn Json> {
        items(self)
    }
}

/// A tuple that is written or checked.
#[derive(Clone, Copy)]
pub struct Tuple<'a> {
    /// What is fixed about it; its keys are the positions.
    pub shape: &'static Shape,
    /// Its fields, in the order of the shape.
    pub fields: &'a [&'a dyn Json],
    /// The items after them, where there may be any.
    pub rest: Option<&'a dyn Rest>,
}

impl<'a> Tuple<'a> {
    /// The items up to the last one that has a value.
    fn present(self) -> Vec<&'a dyn Json> {
        let mut present = self.fields.to_vec();
        let rest = self.rest.map(Rest::all_items).unwrap_or_default();
        if !rest.is_empty() {
            present.extend(rest);
            return present;
        }
        while let Some(last) = present.last() {
            let is_required = self.shape.keys[present.len() - 1].required;
            if is_required || !last.is_absent() {
                break;
            }
            present.pop();
        }
        present
    }
}

impl Reader<'_> {
    /// Reads an array into `fields`, which stand in the order of the shape, and the items after them into `rest`.
    /// Without a `rest` there may be none, and where reading is lenient they are ignored.
    ///
    /// # Errors
    /// When the next value is no array, an item cannot be read, or required ones are missing.
    pub fn tuple(
        &mut self,
        shape: &Shape,
        fields: &mut [&mut dyn Json],
        mut rest: Option<&mut dyn Rest>,
    ) -> Result<(), DecodeError> {
        self.peek();
        let start = self.at;
        let mut count = 0;
        if let Some(rest) = rest.as_mut() {
            rest.clear_items();
        }
        self.array(&mut |reader, index| {
            count = index + 1;
            match (fields.get_mut(index), rest.as_mut()) {
                (Some(field), _) => reader.field(&shape.keys[index], *field),
                (None, Some(rest)) => rest.read_item(reader),
                (None, None) => reader.too_many(shape),
            }
        })?;
        let required = shape.keys.iter().rposition(|key| key.required);
        let required = required.map_or(0, |last| last + 1);
        if count < required {
            let expected = format!("{} of {required} items or more", shape.name);
            return Err(DecodeError::new(expected, format!("{count} items"), start));
        }
        Ok(())
    }

    fn too_many(&mut self, shape: &Shape) -> Result<(), DecodeError> {
        if !self.lenient {
            return Err(self.error(format!("{} items at most", shape.keys.len()), "more"));
        }
        self.ignored += 1;
        self.skip()
    }
}

impl Writer {
    /// Writes a tuple. An item that is left out before one that is not is written as `null`.
    pub fn tuple(&mut self, tuple: Tuple<'_>) {
        self.array(&tuple.present());
    }
}

impl Checker {
    /// Checks a tuple against the rules of its shape, and those of the place where it stands.
    pub fn tuple(&mut self, rules: &'static [Rule], tuple: Tuple<'_>) {
        let present = tuple.present();
        for rules in [tuple.shape.rules, rules] {
            self.written(rules, &|writer| writer.array(&present));
            self.item_rules(rules, &present);
        }
        let keys = tuple.shape.keys;
        for (index, item) in present.into_iter().enumerate() {
            let others = tuple.shape.rules.iter().find_map(|rule| match rule {
                Rule::Items(rules) => Some(*rules),
                _ => None,
            });
            let own = keys.get(index).map(|key| key.rules).or(others);
            self.item(index, item, own.unwrap_or_default());
        }
    }
}
