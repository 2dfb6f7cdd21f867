//! The `Link` of a page leads on, to what was not there before, and loses nothing (RFC 8288).

use bytes::Bytes;
use http::{Method, Request};

use super::pages::{LOSES, MOST, OVERLAP, REFUSED, SIZE, STUCK};
use crate::checks::Check;
use crate::state::{List, Page, Stage};
use crate::validate::{Part, Spot};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let limit = list.limit?;
    let size = stage.least(&list, SIZE)?;
    stage.fill(&list, 2 * size + 1).await;
    let query = stage.largest(&list);
    let whole = stage.page(&list, &query).await?;
    let mut page = stage.page(&list, &vec![(limit, size.into())]).await?;
    let mut seen: Vec<String> = Vec::new();
    // A server that links nothing has pages of another kind, or none.
    page.link.as_ref()?;
    for _ in 1..MOST {
        seen.extend(page.keys.iter().cloned());
        let Some(target) = page.link.clone() else {
            return lost(stage, &list, &seen, &whole);
        };
        let next = follow(stage, &list, &target).await?;
        if let Some(key) = next.keys.iter().find(|key| seen.contains(key)) {
            let check = if next.keys == page.keys {
                &STUCK
            } else {
                &OVERLAP
            };
            let message =
                format!("the next page, `{target}`, has `{key}`, which an earlier page had");
            flaw(stage, &list, check, message);
            return None;
        }
        page = next;
    }
    Some(())
}

/// Reads the page that a `Link` leads to, as the page before was read.
async fn follow(stage: &mut Stage<'_>, list: &List, target: &str) -> Option<Page> {
    let before = stage.trail.last()?.request.clone();
    let target = stage.caller.sender.relative(&before, target)?;
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = target.parse().ok()?;
    *request.headers_mut() = before.headers().clone();
    let exchange = stage.send_request(list.operation, request).await?;
    if matches!(exchange.status(), 400 | 404 | 410 | 422) {
        let message = format!(
            "it leads to `{target}`, which is answered with {}",
            exchange.status()
        );
        flaw(stage, list, &REFUSED, message);
        return None;
    }
    Page::of(list, &exchange)
}

/// What the whole list has is on one of the pages.
fn lost(stage: &mut Stage<'_>, list: &List, seen: &[String], whole: &Page) -> Option<()> {
    let missing = whole.keys.iter().find(|key| !seen.contains(key))?;
    let message = format!("`{missing}` is in the list, but on none of the pages that are linked");
    flaw(stage, list, &LOSES, message);
    None
}

fn flaw(stage: &mut Stage<'_>, list: &List, check: &'static Check, message: String) {
    let spot = Spot::whole(Part::ResponseHeader("Link".to_owned()));
    stage.flaw(list.operation, check, spot, "link", message);
}
