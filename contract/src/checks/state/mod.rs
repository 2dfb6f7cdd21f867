//! What sequences of calls are checked for: one file a check. Each plays a sequence on things of its own, made for it.
//!
//! The standards say little about what a resource is, so a check speaks only where the document's shape makes it plain.

mod action;
mod bulk;
mod condition;
mod content;
mod created;
mod default;
mod deleted;
mod echo;
mod filter;
mod kept;
mod limit;
mod links;
mod listed;
mod location;
mod modified;
mod more;
mod narrow;
mod neighbour;
mod order;
mod owner;
mod pages;
mod parent;
mod personal;
mod read_only;
mod rejected;
mod replaced;
mod rounded;
mod secret;
mod single;
mod sort;
mod total;
mod update;

pub(crate) use location::ELSEWHERE;

use serde::{Deserialize, Serialize};

use crate::checks::Check;
use crate::state::Stage;

/// The sequences, in the order in which they are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sequence {
    Created,
    Kept,
    Echo,
    Location,
    Secret,
    Update,
    Rejected,
    Deleted,
    Neighbour,
    Listed,
    Limit,
    Pages,
    Order,
    Total,
    More,
    Filter,
    Condition,
    Narrow,
    ReadOnly,
    Replaced,
    Sort,
    Owner,
    Parent,
    Default,
    Action,
    Content,
    Links,
    Single,
    Modified,
    Bulk,
    Rounded,
    Personal,
}

impl Sequence {
    pub(crate) const ALL: &[Self] = &[
        Self::Created,
        Self::Kept,
        Self::Echo,
        Self::Location,
        Self::Secret,
        Self::Update,
        Self::Rejected,
        Self::Deleted,
        Self::Neighbour,
        Self::Listed,
        Self::Limit,
        Self::Pages,
        Self::Order,
        Self::Total,
        Self::More,
        Self::Filter,
        Self::Condition,
        Self::Narrow,
        Self::ReadOnly,
        Self::Replaced,
        Self::Sort,
        Self::Owner,
        Self::Parent,
        Self::Default,
        Self::Action,
        Self::Content,
        Self::Links,
        Self::Single,
        Self::Modified,
        Self::Bulk,
        Self::Rounded,
        Self::Personal,
    ];

    /// Whether a sequence says something about a resource of which there is only one.
    pub(crate) fn suits_single(self) -> bool {
        matches!(
            self,
            Self::Secret
                | Self::Update
                | Self::Rejected
                | Self::Replaced
                | Self::Condition
                | Self::Personal
        )
    }

    /// Whether a sequence says something about what changes by itself.
    pub(crate) fn suits_promised(self) -> bool {
        let of_one = matches!(self, Self::Location | Self::Owner | Self::Listed);
        let of_list = matches!(
            self,
            Self::Limit
                | Self::Pages
                | Self::Links
                | Self::Order
                | Self::Total
                | Self::More
                | Self::Filter
                | Self::Narrow
                | Self::Sort
        );
        of_one || of_list
    }

    /// Plays the sequence; what it cannot do, because an operation is not there or does not succeed, ends it.
    pub(crate) async fn play(self, stage: &mut Stage<'_>) {
        let ended = match self {
            Self::Created => created::play(stage).await,
            Self::Kept => kept::play(stage).await,
            Self::Echo => echo::play(stage).await,
            Self::Location => location::play(stage).await,
            Self::Secret => secret::play(stage).await,
            Self::Update => update::play(stage).await,
            Self::Rejected => rejected::play(stage).await,
            Self::Deleted => deleted::play(stage).await,
            Self::Neighbour => neighbour::play(stage).await,
            Self::Listed => listed::play(stage).await,
            Self::Limit => limit::play(stage).await,
            Self::Pages => pages::play(stage).await,
            Self::Order => order::play(stage).await,
            Self::Total => total::play(stage).await,
            Self::More => more::play(stage).await,
            Self::Filter => filter::play(stage).await,
            Self::Condition => condition::play(stage).await,
            Self::Narrow => narrow::play(stage).await,
            Self::ReadOnly => read_only::play(stage).await,
            Self::Replaced => replaced::play(stage).await,
            Self::Sort => sort::play(stage).await,
            Self::Owner => owner::play(stage).await,
            Self::Parent => parent::play(stage).await,
            Self::Default => default::play(stage).await,
            Self::Action => action::play(stage).await,
            Self::Content => content::play(stage).await,
            Self::Links => links::play(stage).await,
            Self::Single => single::play(stage).await,
            Self::Modified => modified::play(stage).await,
            Self::Bulk => bulk::play(stage).await,
            Self::Rounded => rounded::play(stage).await,
            Self::Personal => personal::play(stage).await,
        };
        // Where a sequence ends says nothing about the server.
        let _ = ended;
    }
}

/// The checks of this folder.
pub(super) fn checks() -> Vec<&'static Check> {
    [
        action::CHECKS,
        bulk::CHECKS,
        condition::CHECKS,
        content::CHECKS,
        created::CHECKS,
        default::CHECKS,
        deleted::CHECKS,
        echo::CHECKS,
        filter::CHECKS,
        kept::CHECKS,
        limit::CHECKS,
        listed::CHECKS,
        location::CHECKS,
        modified::CHECKS,
        more::CHECKS,
        neighbour::CHECKS,
        order::CHECKS,
        owner::CHECKS,
        pages::CHECKS,
        parent::CHECKS,
        personal::CHECKS,
        read_only::CHECKS,
        rejected::CHECKS,
        replaced::CHECKS,
        rounded::CHECKS,
        secret::CHECKS,
        single::CHECKS,
        sort::CHECKS,
        total::CHECKS,
        update::CHECKS,
    ]
    .concat()
}
