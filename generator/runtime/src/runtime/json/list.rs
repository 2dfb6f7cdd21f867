//! Arrays of items that are alike.

use super::{DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

impl<T: Json> Json for Vec<T> {
    fn initial() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        reader.array(&mut |reader, _| {
            self.push(T::initial());
            self.last_mut().map_or(Ok(()), |item| item.read(reader))
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(&items(self));
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.json(rules, self);
        checker.array(rules, &items(self));
    }
}

/// Items, whatever their type is.
pub(super) fn items<T: Json>(items: &[T]) -> Vec<&dyn Json> {
    items.iter().map(|item| item as &dyn Json).collect()
}
