//! Bodies with texts of their own in the place of those of another body, for what may be there only once.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;

use super::body::Maker;
use super::look;

impl Maker<'_> {
    /// A body with another text in each property that has the text of another body; `kept` are left as they are.
    pub(crate) fn renewed(&self, body: &Value, other: &Value, kept: &[&str], salt: &str) -> Value {
        let mut renewed = body.clone();
        for (name, ids) in look::properties(&self.contract.api.schemas, &[self.schema]) {
            let mut own = renewed.get_mut(&name).filter(|own| own.is_string());
            own.take_if(|_| kept.contains(&name.as_str()));
            if let (Some(own), Some(other)) = (own, other.get(&name)) {
                self.renew(own, other, &ids, &name, salt);
            }
        }
        renewed
    }

    /// The same in the parts of the body as well, however deep.
    pub(crate) fn renewed_within(&self, body: &Value, other: &Value, salt: &str) -> Value {
        let mut renewed = body.clone();
        self.renew(&mut renewed, other, &[self.schema], "", salt);
        renewed
    }

    fn renew(&self, own: &mut Value, other: &Value, ids: &[SchemaId], name: &str, salt: &str) {
        let schemas = &self.contract.api.schemas;
        match own {
            Value::String(_) if own == other => {
                if let Some(text) = self.own_text(name, ids, salt) {
                    *own = text;
                }
            }
            Value::Array(items) => {
                let ids = look::items(schemas, ids);
                let pairs = items.iter_mut().zip(other.as_array().into_iter().flatten());
                for (index, (own, other)) in pairs.enumerate() {
                    self.renew(own, other, &ids, name, &format!("{salt} {index}"));
                }
            }
            Value::Object(fields) => {
                for (name, ids) in look::properties(schemas, ids) {
                    if let (Some(own), Some(other)) = (fields.get_mut(&name), other.get(&name)) {
                        self.renew(own, other, &ids, &name, salt);
                    }
                }
            }
            _ => {}
        }
    }
}
