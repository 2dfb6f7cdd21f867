//! Arrays: of items that are alike, and of items that each have a type of their own.

use super::{DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

impl<T: Json> Json for Vec<T> {
    fn initial() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        reader.array(&mut |reader, _| {
            self.push(reader.value()?);
            Ok(())
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.tuple(&items(self));
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.array(rules, &items(self));
    }
}

fn items<T: Json>(items: &[T]) -> Vec<&dyn Json> {
    items.iter().map(|item| item as &dyn Json).collect()
}

impl Reader<'_> {
    /// Reads an array whose first items are `fields`. Items after them are ignored.
    ///
    /// # Errors
    /// When the next value is no array or has fewer items, or when an item cannot be read.
    pub fn tuple(&mut self, fields: &mut [&mut dyn Json]) -> Result<(), DecodeError> {
        self.peek();
        let start = self.at;
        let mut count = 0;
        self.array(&mut |reader, index| {
            count = index + 1;
            if let Some(field) = fields.get_mut(index) {
                return field.read(reader);
            }
            reader.ignored += 1;
            reader.skip()
        })?;
        if count < fields.len() {
            let expected = format!("an array of {} items", fields.len());
            return Err(DecodeError::new(expected, format!("one of {count}"), start));
        }
        Ok(())
    }
}
