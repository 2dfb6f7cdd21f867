//! What of the document was covered: by operation, parameter, keyword and status.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::escape;
use crate::probe::Covered;

/// The section with all tables.
pub(super) fn render(page: &mut String, coverage: &[Covered]) {
    page.push_str("<section id=\"coverage\">\n<h2>Coverage</h2>\n");
    totals(page, "statuses", "Answers by status", &statuses(coverage));
    totals(page, "keywords", "Cases by rule", &keywords(coverage));
    page.push_str(
        "<table id=\"operations\">\n<thead><tr><th>Operation</th><th>Statuses seen</th>\
         <th>Declared, never seen</th><th>Fields and values</th><th>Cases by place and rule</th></tr></thead>\n<tbody>\n",
    );
    for covered in coverage {
        row(page, covered);
    }
    page.push_str("</tbody>\n</table>\n</section>\n");
}

/// How often each of some names came, in one paragraph.
fn totals(page: &mut String, id: &str, what: &str, counts: &BTreeMap<String, usize>) {
    let _ = write!(page, "<h3>{what}</h3>\n<p id=\"{id}\" class=\"totals\">");
    for (name, count) in counts {
        let class = if *count == 0 { " class=\"never\"" } else { "" };
        let _ = writeln!(
            page,
            "<span{class}><code>{}</code> {count}</span>",
            escape(name)
        );
    }
    page.push_str("</p>\n");
}

fn row(page: &mut String, covered: &Covered) {
    let seen: Vec<String> = covered
        .statuses
        .iter()
        .map(|(status, count)| format!("{status} ({count})"))
        .collect();
    // Where the status never came, none of its media types did.
    let came = |media_type: &&String| {
        let status = media_type.split(' ').next().unwrap_or_default();
        !covered.unseen.iter().any(|own| own == status)
    };
    let media_types = covered.unseen_media_types.iter().filter(came);
    let never: Vec<String> = covered.unseen.iter().chain(media_types).cloned().collect();
    let skipped = covered.skipped.as_ref();
    let skipped = skipped.map(|reason| format!("<br><i>skipped: {}</i>", escape(reason)));
    let _ = write!(
        page,
        "<tr data-operation=\"{0}\"><td>{0}{1}</td><td>{2}</td><td class=\"never\">{3}</td><td>{4}</td><td>",
        escape(&covered.operation),
        skipped.unwrap_or_default(),
        escape(&seen.join(", ")),
        escape(&never.join(", ")),
        contents(covered),
    );
    if !covered.tried.is_empty() {
        let cases: usize = covered.tried.values().flat_map(BTreeMap::values).sum();
        let _ = write!(page, "<details><summary>{cases} cases</summary><table>");
        for (place, rules) in &covered.tried {
            let class = if rules.is_empty() {
                " class=\"never\""
            } else {
                ""
            };
            let rules = rules
                .iter()
                .map(|(rule, count)| format!("{rule} ({count})"));
            let rules: Vec<String> = rules.collect();
            let rules = if rules.is_empty() {
                "never varied".to_owned()
            } else {
                rules.join(", ")
            };
            let _ = write!(
                page,
                "<tr{class}><td>{}</td><td>{}</td></tr>",
                escape(place),
                escape(&rules)
            );
        }
        page.push_str("</table></details>");
    }
    page.push_str("</td></tr>\n");
}

/// How much of what answers may have was seen, and what was not.
fn contents(covered: &Covered) -> String {
    let groups = [
        ("fields", covered.fields, &covered.unseen_fields),
        ("values", covered.values, &covered.unseen_values),
    ];
    let described = groups.into_iter().filter(|(_, all, _)| *all > 0);
    let shown = described.map(|(what, all, unseen)| {
        let summary = format!("{} of {all} {what}", all.saturating_sub(unseen.len()));
        if unseen.is_empty() {
            return format!("{summary}<br>");
        }
        let unseen: Vec<String> = unseen.iter().map(|own| escape(own)).collect();
        let unseen = unseen.join("<br>");
        format!("<details><summary>{summary}</summary><p class=\"never\">{unseen}</p></details>")
    });
    shown.collect()
}

fn statuses(coverage: &[Covered]) -> BTreeMap<String, usize> {
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    for covered in coverage {
        for (status, count) in &covered.statuses {
            *all.entry(status.to_string()).or_default() += count;
        }
        for unseen in &covered.unseen {
            all.entry(unseen.clone()).or_default();
        }
    }
    all
}

fn keywords(coverage: &[Covered]) -> BTreeMap<String, usize> {
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    let rules = coverage.iter().flat_map(|covered| covered.tried.values());
    for (rule, count) in rules.flatten() {
        *all.entry(rule.clone()).or_default() += count;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_of_a_status_that_never_came_are_not_told() {
        let list = |names: [&str; 2]| names.map(ToOwned::to_owned).to_vec();
        let covered = Covered {
            unseen: list(["404", "default"]),
            unseen_media_types: list(["200 text/csv", "404 text/plain"]),
            ..Covered::default()
        };
        let mut page = String::new();
        row(&mut page, &covered);
        assert!(page.contains(">404, default, 200 text/csv<"), "{page}");
    }
}
