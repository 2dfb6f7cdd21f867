//! References to everything but schemas: followed to what they stand for.

use super::reader::Reader;
use crate::diagnostic::codes;
use crate::resolve::{Node, report};
use crate::source::Place;

/// An object that was reached, perhaps through references.
pub(super) struct Followed<'a> {
    /// The object.
    pub(super) node: Node<'a>,
    /// The component's name where a reference led to one.
    pub(super) name: Option<String>,
    /// What the reference says instead of the object (OpenAPI 3.1 §4.8.23).
    pub(super) description: Option<String>,
    /// Likewise.
    pub(super) summary: Option<String>,
}

impl<'a> Reader<'a> {
    /// Follows the `$ref`s of an object; `None` with a diagnostic where it is no object or they lead to none.
    pub(super) fn follow(&mut self, node: Node<'a>) -> Option<Followed<'a>> {
        let mut followed = Followed {
            node,
            name: None,
            description: None,
            summary: None,
        };
        let mut passed: Vec<Place> = Vec::new();
        while let Some(reference) = followed.node.get("$ref") {
            let Some(text) = reference.value.as_str() else {
                self.unexpected(&reference, "a string");
                return None;
            };
            if passed.contains(&followed.node.place) {
                self.report(
                    &codes::REFERENCE_CYCLE,
                    &reference.place,
                    format!("`{text}` leads back to itself"),
                );
                return None;
            }
            passed.push(followed.node.place.clone());
            followed.description = followed
                .description
                .or_else(|| self.text(&followed.node, "description"));
            followed.summary = followed
                .summary
                .or_else(|| self.text(&followed.node, "summary"));
            followed.node = self.target(&reference, text)?;
            followed.name = component(&followed.node.place).or(followed.name);
        }
        self.expect_object(&followed.node).then_some(followed)
    }

    /// What one reference leads to; `None` with a diagnostic where that is nothing.
    pub(super) fn target(&mut self, reference: &Node<'a>, text: &str) -> Option<Node<'a>> {
        match self.document.resolve(reference, text) {
            Ok(node) => Some(node),
            Err(why) => {
                if let Some(diagnostic) = report(&reference.place, text, why) {
                    self.push(diagnostic);
                }
                None
            }
        }
    }

    /// Reads an object that may hold itself by reference; `None` with a diagnostic where it does.
    pub(super) fn nested<T>(
        &mut self,
        node: &Node<'a>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if self.active.contains(&node.place) {
            self.report(
                &codes::REFERENCE_RECURSIVE,
                &node.place,
                "this holds itself by reference; it is not repeated inside itself",
            );
            return None;
        }
        self.active.push(node.place.clone());
        let result = read(self);
        self.active.pop();
        Some(result)
    }
}

/// The name of a component by its place: `/components/schemas/Pet`, and 2.0's `/definitions/Pet`.
pub(super) fn component(place: &Place) -> Option<String> {
    let mut tokens = place.pointer.split('/').skip(1);
    let name = match tokens.next()? {
        "components" => tokens.nth(1)?,
        "definitions" | "parameters" | "responses" | "$defs" => tokens.next()?,
        _ => return None,
    };
    tokens
        .next()
        .is_none()
        .then(|| crate::resolve::unescape(name).into_owned())
}
