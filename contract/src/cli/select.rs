//! Which operations a person means by a word: an `operationId`, a tag, `METHOD /path`, `path=PREFIX` or `method=NAME`.

use anyhow::bail;
use bindery_contract::spec::Api;
use bindery_contract::spec::model::Operation;
use bindery_contract::{Filter, Selector};

/// The filter that the words come to.
///
/// # Errors
/// When a word means nothing in the document.
pub(super) fn filter(api: &Api, include: &[String], exclude: &[String]) -> anyhow::Result<Filter> {
    let resolve = |words: &[String]| {
        words
            .iter()
            .map(|word| selector(api, word))
            .collect::<anyhow::Result<Vec<_>>>()
    };
    Ok(Filter {
        include: resolve(include)?,
        exclude: resolve(exclude)?,
    })
}

fn selector(api: &Api, word: &str) -> anyhow::Result<Selector> {
    let any = |test: &dyn Fn(&Operation) -> bool| api.operations.iter().any(test);
    if any(&|operation| operation.id.as_deref() == Some(word)) {
        return Ok(Selector::Operation(word.to_owned()));
    }
    if any(&|operation| operation.tags.iter().any(|tag| tag == word)) {
        return Ok(Selector::Tag(word.to_owned()));
    }
    if let Some((method, path)) = word.split_once(' ') {
        let (method, path) = (method.to_ascii_uppercase(), path.trim());
        if any(&|operation| operation.method == method && operation.path == path) {
            return Ok(Selector::Route(method, path.to_owned()));
        }
    }
    if let Ok(selector) = word.parse::<Selector>() {
        let filter = Filter {
            include: vec![selector.clone()],
            exclude: Vec::new(),
        };
        if any(&|operation| filter.selects(operation)) {
            return Ok(selector);
        }
    }
    bail!(
        "`{word}` is no operationId, no tag, no `METHOD /path`, no `path=PREFIX` and no `method=NAME` of the document{}",
        near(api, word)
    )
}

/// The operations whose names hold the word, for a word that was only a part.
fn near(api: &Api, word: &str) -> String {
    let word = word.to_ascii_lowercase();
    let ids = api
        .operations
        .iter()
        .filter_map(|operation| operation.id.as_deref());
    let near: Vec<&str> = ids
        .filter(|id| id.to_ascii_lowercase().contains(&word))
        .take(3)
        .collect();
    if near.is_empty() {
        String::new()
    } else {
        format!("; perhaps `{}`", near.join("` or `"))
    }
}
