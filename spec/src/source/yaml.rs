//! The outline of a YAML text.
//!
//! The parser tells positions only in its errors, but it lends keys and strings out of the text, and where a borrowed
//! string stands is plain arithmetic. What it cannot lend (numbers, strings with escapes) is found at what is around it.

use std::fmt;
use std::ops::Range;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
};
use serde::de::{VariantAccess, Visitor};

use super::outline::Outline;

/// The most nodes that are outlined, so that aliases cannot multiply without end.
const NODES: usize = 8_000_000;

/// Outlines a text as far as it is valid YAML.
pub(super) fn outline(text: &str) -> Outline {
    let mut scan = Scan {
        text,
        outline: Outline::default(),
        nodes: 0,
    };
    let root = scan.outline.open(None, 0..0);
    // An error means that the outline ends early: places behind it fall back to their ancestors.
    let _ = Content {
        scan: &mut scan,
        node: root,
    }
    .deserialize(serde_yaml::Deserializer::from_str(text));
    scan.outline.close(root);
    scan.outline
}

struct Scan<'a> {
    text: &'a str,
    outline: Outline,
    nodes: usize,
}

impl Scan<'_> {
    /// Where a string stands that was lent out of the text, with its quotes.
    fn span(&self, lent: &str) -> Range<usize> {
        let start = lent.as_ptr().addr() - self.text.as_ptr().addr();
        let end = start + lent.len();
        let quoted = start > 0 && matches!(self.text.as_bytes()[start - 1], b'"' | b'\'');
        start - usize::from(quoted)..end + usize::from(quoted)
    }

    fn count<E: Error>(&mut self) -> Result<(), E> {
        self.nodes += 1;
        if self.nodes > NODES {
            return Err(E::custom("too many nodes"));
        }
        Ok(())
    }
}

/// Visits what a node holds.
struct Content<'s, 'a> {
    scan: &'s mut Scan<'a>,
    node: usize,
}

impl<'de> DeserializeSeed<'de> for Content<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Content<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            self.scan.count()?;
            let span = match &key {
                Lent::Borrowed(text) => self.scan.span(text),
                Lent::Owned(_) => 0..0,
            };
            let node = self.scan.outline.open(Some(key.text()), span);
            map.next_value_seed(Content {
                scan: &mut *self.scan,
                node,
            })?;
            self.scan.outline.close(node);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            self.scan.count()?;
            let node = self.scan.outline.open(None, 0..0);
            let item = seq.next_element_seed(Content {
                scan: &mut *self.scan,
                node,
            })?;
            if item.is_none() {
                self.scan.outline.take_back(node);
                return Ok(());
            }
            self.scan.outline.close(node);
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        let (IgnoredAny, variant) = data.variant()?;
        variant.newtype_variant_seed(self)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        if !self.scan.outline.is_placed(self.node) {
            let span = self.scan.span(text);
            self.scan.outline.relocate(self.node, span);
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A key, lent out of the text where the parser can.
enum Lent<'de> {
    Borrowed(&'de str),
    Owned(String),
}

impl Lent<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Lent<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Lent<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Lent<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Lent<'de>, E> {
        Ok(Lent::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Lent<'de>, E> {
        Ok(Lent::Owned(text.to_owned()))
    }
}
