//! The link of a page, be it a `Link` (RFC 8288) or a URL in the body, leads on, to what was not there before, and loses
//! nothing.

use super::pages::{LOSES, MOST, OVERLAP, REFUSED, SIZE, STUCK};
use crate::checks::Check;
use crate::state::{Link, List, Page, Paging, Stage};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    // A cursor in the body is followed as one.
    if list.paging.as_ref().and_then(Paging::place) == list.next.as_ref() && list.next.is_some() {
        return None;
    }
    let limit = list.limit?;
    let size = stage.least(&list, SIZE)?;
    stage.fill(&list, 2 * size + 1).await;
    let query = stage.largest(&list);
    let whole = stage.page(&list, &query).await?;
    let mut page = stage.page(&list, &vec![(limit, size.into())]).await?;
    let mut seen: Vec<String> = Vec::new();
    // A server that links nothing has pages of another kind, or none.
    let mut link = page.link.clone()?;
    for _ in 1..MOST {
        seen.extend(page.keys.iter().cloned());
        let Some(own) = page.link.clone() else {
            return lost(stage, &list, &link, (&seen, &whole));
        };
        link = own;
        let next = follow(stage, &list, &link).await?;
        if let Some(key) = next.keys.iter().find(|key| seen.contains(key)) {
            let check = if next.keys == page.keys {
                &STUCK
            } else {
                &OVERLAP
            };
            let target = &link.target;
            let message =
                format!("the next page, `{target}`, has `{key}`, which an earlier page had");
            flaw(stage, &list, &link, check, message);
            return None;
        }
        page = next;
    }
    Some(())
}

/// Reads the page that a link leads to.
async fn follow(stage: &mut Stage<'_>, list: &List, link: &Link) -> Option<Page> {
    let exchange = stage.follow(list, link).await?;
    let status = exchange.status();
    if matches!(status, 400 | 404 | 410 | 422) {
        let target = exchange.request.uri();
        let message = format!("it leads to `{target}`, which is answered with {status}");
        flaw(stage, list, link, &REFUSED, message);
        return None;
    }
    Page::of(list, &exchange)
}

/// What the whole list has is on one of the pages.
fn lost(
    stage: &mut Stage<'_>,
    list: &List,
    link: &Link,
    (seen, whole): (&[String], &Page),
) -> Option<()> {
    let missing = whole.keys.iter().find(|key| !seen.contains(key))?;
    let message = format!("`{missing}` is in the list, but on none of the pages that are linked");
    flaw(stage, list, link, &LOSES, message);
    None
}

fn flaw(stage: &mut Stage<'_>, list: &List, link: &Link, check: &'static Check, message: String) {
    stage.flaw(list.operation, check, link.spot.clone(), "link", message);
}
