//! How types with the codec of the runtime are read and written.

use crate::runtime::Json;

pub trait Encode {
    fn encode(&self) -> String;
}

impl<T: Json> Encode for T {
    fn encode(&self) -> String {
        self.to_json()
    }
}

pub fn decode<T: Json + 'static>(text: &str) -> Option<Box<dyn Encode>> {
    T::from_json(text).ok().map(|value| Box::new(value) as _)
}
