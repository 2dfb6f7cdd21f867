//! Files of types, and the features that they and the operations need: one for each tag.

use super::graph::{edges, mentioned, mentions, reach};
use super::split::split;
use crate::ir::{Case, Crate, Group, Name, Scope};

/// Types and errors that one tag alone uses go to files of its own, which are there with its feature; the others are
/// shared, and always there.
pub(super) fn group(krate: &mut Crate) {
    // A single tag is the whole crate.
    let gated = krate.tags.len() > 1;
    for tag in &mut krate.tags {
        tag.feature = gated.then(|| feature(&tag.module));
    }
    let users = users(krate);
    let mut modules = Scope::new(Case::Module, &["mod", "types"]);
    let mut groups = vec![Group {
        module: modules.mint("shared"),
        docs: "Types that several tags use.".to_owned(),
        feature: None,
    }];
    let mut of_tag = vec![0; krate.tags.len()];
    for (item, users) in krate.items.iter_mut().zip(users) {
        let [tag] = users.as_slice() else { continue };
        let Some(own) = krate.tags.get(*tag) else {
            continue;
        };
        if of_tag[*tag] == 0 {
            of_tag[*tag] = groups.len();
            groups.push(Group {
                module: modules.mint(&own.module),
                docs: format!("Types of `{}`.", own.title.replace('`', "'")),
                feature: own.feature.clone(),
            });
        }
        item.group = of_tag[*tag];
    }
    krate.groups = split(&groups, &mut krate.items, modules);
    if gated {
        group_errors(krate);
    }
}

/// The name of a tag's feature. The prefix keeps it apart from all others, also from words that no module can be.
fn feature(module: &Name) -> String {
    let word = module.trim_start_matches("r#").trim_end_matches('_');
    format!("tag-{}", word.replace('_', "-"))
}

/// The tags that use each type. What no operation uses, or what the client itself does, is used by one more, so that
/// nothing that is shared leads to something that is not.
fn users(krate: &Crate) -> Vec<Vec<usize>> {
    let edges = edges(&krate.items, false);
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); krate.items.len()];
    let mut add = |user: usize, roots: Vec<usize>| {
        let reached = reach(&edges, roots);
        for (users, _) in users
            .iter_mut()
            .zip(reached)
            .filter(|(_, reached)| *reached)
        {
            users.push(user);
        }
    };
    for (index, tag) in krate.tags.iter().enumerate() {
        let all = tag.operations.iter().flat_map(|operation| {
            let (sent, received) = mentioned(operation, &krate.errors);
            sent.into_iter().chain(received).collect::<Vec<_>>()
        });
        add(index, all.collect());
    }
    let mut settings = Vec::new();
    for setting in &krate.hoisted {
        mentions(&setting.ty, true, &mut |id, _| settings.push(id.0 as usize));
    }
    add(krate.tags.len(), settings);
    let unused = users
        .iter()
        .enumerate()
        .filter(|(_, users)| users.is_empty());
    let reached = reach(&edges, unused.map(|(index, _)| index).collect::<Vec<_>>());
    for (users, _) in users
        .iter_mut()
        .zip(reached)
        .filter(|(_, reached)| *reached)
    {
        users.push(krate.tags.len());
    }
    users
}

fn group_errors(krate: &mut Crate) {
    let mut users: Vec<Option<usize>> = vec![None; krate.errors.len()];
    let mut several = vec![false; krate.errors.len()];
    for (index, tag) in krate.tags.iter().enumerate() {
        for operation in &tag.operations {
            let error = operation.error.index;
            several[error] |= users[error]
                .replace(index)
                .is_some_and(|user| user != index);
        }
    }
    for ((error, user), several) in krate.errors.iter_mut().zip(users).zip(several) {
        error.tag = user.filter(|_| !several);
    }
}
