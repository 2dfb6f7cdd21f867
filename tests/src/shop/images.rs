//! Images of a product: uploaded as a form with parts, and given back byte by byte.

use serde_json::json;

use super::answer::{Answer, Content};
use super::call::Call;
use super::check::{Checker, Number, Text};
use super::defect::Slip;
use super::products::id;
use super::reviews::find_product;
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

pub(super) fn upload(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let product = id(&mut check, call, "product_id");
    if call.media_type() != "multipart/form-data" {
        return Err(Answer::problem(415, "The media type is not served"));
    }
    let content_type = call.header("content-type").unwrap_or_default();
    let parts = boundary(&content_type).and_then(|boundary| parts(call.body, &boundary));
    let parts = parts.ok_or_else(|| Answer::problem(400, "The parts cannot be read"))?;
    let part = |name: &str| {
        let mut parts = parts.iter();
        parts.find(|(own, _)| own == name).map(|(_, bytes)| *bytes)
    };
    let text = |name: &str| part(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let file = part("file");
    check.rule("file", "required", file.is_some());
    check.rule("position", "required", part("position").is_some());
    let position = text("position");
    let position = check.count_of("position", position.as_deref(), Number::whole(0.0, 9.0), 0);
    let caption = text("caption");
    if let Some(caption) = &caption {
        check.plain("caption", caption, Text::up_to(40));
    }
    let file = file.unwrap_or_default();
    check.edge("file", "empty", file.is_empty());
    check.done()?;
    find_product(store, product)?;
    let id = store.next();
    let mut kept = file.to_vec();
    if call.does(Slip::LastByteLost) {
        kept.pop();
    }
    store.images.insert((product, id), kept);
    let mut image = json!({ "id": id, "position": position, "size": file.len() });
    if let Some(caption) = caption {
        image["caption"] = caption.into();
    }
    let place = format!("/products/{product}/images/{id}");
    Ok(Answer::json(201, image).header("Location", place))
}

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let key = (
        id(&mut check, call, "product_id"),
        id(&mut check, call, "image_id"),
    );
    check.done()?;
    let bytes = store.images.get(&key).ok_or_else(Answer::not_found)?;
    Ok(Answer::of(
        200,
        Content::Bytes("application/octet-stream", bytes.clone()),
    ))
}

fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1);
    let boundary = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then_some(value)
    });
    Some(boundary?.trim().trim_matches('"').to_owned())
}

/// The parts by their names (RFC 7578 §4).
fn parts<'b>(body: &'b [u8], boundary: &str) -> Option<Vec<(String, &'b [u8])>> {
    let delimiter = format!("--{boundary}");
    let mut rest = after(body, delimiter.as_bytes())?;
    let between = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let end = find(rest, between.as_bytes())?;
        let part = rest[..end].strip_prefix(b"\r\n")?;
        let head = find(part, b"\r\n\r\n")?;
        parts.push((name(&part[..head])?, &part[head + 4..]));
        rest = &rest[end + between.len()..];
    }
    Some(parts)
}

fn name(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let start = head.find("name=\"")? + 6;
    let end = head[start..].find('"')?;
    Some(head[start..start + end].to_owned())
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn after<'b>(text: &'b [u8], what: &[u8]) -> Option<&'b [u8]> {
    Some(&text[find(text, what)? + what.len()..])
}
