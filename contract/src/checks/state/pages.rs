//! Pages move on, do not overlap, and lose nothing.

use crate::checks::{Check, Level};
use crate::state::{List, Page, Paging, Stage};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&STUCK, &OVERLAP, &LOSES, &REFUSED];

pub(super) static STUCK: Check = Check {
    code: "page-stuck",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "The next page of a list is the page before.",
    explanation: "The parameter that leads on (an offset, the number of a page, a cursor that the answer gave, the \
                  key of the last item) has no effect (rule `next`), leads to items behind the end (rule `beyond`), or \
                  leads on from empty pages for ever, or from the last page back (rule `end`); or the `Link` of a page leads \
                  to the page itself (rule `link`). A client that reads all pages never comes to an end.",
};
pub(super) static OVERLAP: Check = Check {
    code: "pages-overlap",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "An item of a page is on the next page again.",
    explanation: "Nothing was created or deleted between the two pages.",
};
pub(super) static LOSES: Check = Check {
    code: "pages-lose",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "An item that the whole list has is on none of its pages.",
    explanation: "All pages were read to the end, and nothing was created or deleted meanwhile.",
};

pub(super) static REFUSED: Check = Check {
    code: "cursor-refused",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A cursor, or a link to the next page, that an answer gave is refused.",
    explanation: "The cursor was sent back as it came, with the limit that it was given for (rule `next`), or the `Link` was \
                  followed (rule `link`). A client cannot read what follows the first page.",
};

/// How many items a page has here.
pub(super) const SIZE: usize = 2;
/// How many pages are read.
pub(super) const MOST: usize = 40;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let limit = list.limit?;
    let size = stage.least(&list, SIZE)?;
    let parameter = list.paging.as_ref()?.parameter();
    stage.fill(&list, 2 * size + 1).await;
    let query = stage.largest(&list);
    let whole = stage.page(&list, &query).await?;
    let mut seen: Vec<String> = Vec::new();
    let mut page = stage.page(&list, &vec![(limit, size.into())]).await?;
    if page.items.len() > size {
        // That the limit is not kept to is reported as that.
        return None;
    }
    for number in 1..MOST {
        seen.extend(page.keys.iter().cloned());
        let more = stage
            .next(&list, &page, seen.len(), number)
            .filter(|_| page.items.len() == size);
        let Some(more) = more else {
            let _ = beyond(stage, &list, (limit, size), &page, &seen).await;
            return lost(stage, &list, parameter, &seen, &whole.keys);
        };
        let Some(next) = stage.page(&list, &vec![(limit, size.into()), more]).await else {
            return refused(stage, &list);
        };
        let repeated = next.keys.iter().find(|key| seen.contains(key));
        if let Some(key) = repeated {
            let same = next.keys == page.keys;
            let (check, rule) = if same {
                (&STUCK, "next")
            } else {
                (&OVERLAP, "overlap")
            };
            let message = format!("page {} has `{key}`, which an earlier page had", number + 1);
            stage.flaw(
                list.operation,
                check,
                spot(stage, &list, parameter),
                rule,
                message,
            );
            return None;
        }
        page = next;
    }
    Some(())
}

/// A cursor led to no page.
fn refused(stage: &mut Stage<'_>, list: &List) -> Option<()> {
    let Paging::Cursor(index, _) = list.paging.as_ref()? else {
        return None;
    };
    let status = stage.trail.last()?.status();
    if matches!(status, 400 | 404 | 410 | 422) {
        let message = format!("the cursor of the page before was refused with {status}");
        let spot = spot(stage, list, *index);
        stage.flaw(list.operation, &REFUSED, spot, "next", message);
    }
    None
}

/// How far behind the end of a list is asked for.
const FAR: usize = 100;

/// After the end nothing comes, and no cursor leads on from one empty page to the next.
async fn beyond(
    stage: &mut Stage<'_>,
    list: &List,
    (limit, size): (usize, usize),
    end: &Page,
    seen: &[String],
) -> Option<()> {
    let (mut query, count) = (vec![(limit, size.into())], seen.len());
    match list.paging.as_ref()? {
        Paging::Page(..) | Paging::Last(..) => return None,
        Paging::Offset(index) => {
            query.push((*index, (count + FAR).into()));
            let page = stage.page(list, &query).await?;
            let key = page.keys.first()?;
            let message = format!("{FAR} items after the end, the list has `{key}`");
            let spot = spot(stage, list, *index);
            stage.flaw(list.operation, &STUCK, spot, "beyond", message);
        }
        Paging::Cursor(index, _) => {
            let mut page = end.clone();
            for _ in 0..EMPTY {
                let more = stage.next(list, &page, count, 1)?;
                page = stage.page(list, &[&query[..], &[more]].concat()).await?;
                if let Some(key) = page.keys.iter().find(|key| seen.contains(key)) {
                    let message = format!("behind the last page, the cursor leads back to `{key}`");
                    let spot = spot(stage, list, *index);
                    stage.flaw(list.operation, &STUCK, spot, "end", message);
                }
                if !page.items.is_empty() {
                    return None;
                }
            }
            stage.next(list, &page, count, 1)?;
            let message = "a cursor leads from each empty page to another one";
            let spot = spot(stage, list, *index);
            stage.flaw(list.operation, &STUCK, spot, "end", message);
        }
    }
    Some(())
}

/// After so many empty pages a list has no end.
const EMPTY: usize = 3;

fn lost(
    stage: &mut Stage<'_>,
    list: &List,
    parameter: usize,
    seen: &[String],
    whole: &[String],
) -> Option<()> {
    let missing = whole.iter().find(|key| !seen.contains(key))?;
    let message = format!("`{missing}` is in the list, but on none of its pages");
    stage.flaw(
        list.operation,
        &LOSES,
        spot(stage, list, parameter),
        "complete",
        message,
    );
    None
}

fn spot(stage: &Stage<'_>, list: &List, parameter: usize) -> Spot {
    let parameter = &stage.caller.operation(list.operation).parameters[parameter];
    Spot::whole(Part::Parameter(parameter.location, parameter.name.clone()))
}
