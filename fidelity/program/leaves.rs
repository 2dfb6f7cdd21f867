//! What types with derived traits of serde stand on.

pub type Field<T> = Option<T>;
pub type Map<T> = std::collections::BTreeMap<String, T>;
pub type Value = serde_json::Value;
pub type Number = serde_json::Number;
pub type Date = String;
pub type DateTime = String;
pub type Time = String;
pub type Uuid = String;
pub type Secret = String;
pub type File = Vec<u8>;

pub trait Encode {
    fn encode(&self) -> String;
}

impl<T: serde::Serialize> Encode for T {
    fn encode(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub fn decode<T: serde::de::DeserializeOwned + Encode + 'static>(text: &str) -> Option<Box<dyn Encode>> {
    serde_json::from_str::<T>(text).ok().map(|value| Box::new(value) as _)
}
