//! The part that is measured: so many calls, by one client.

use clap::{Args, ValueEnum};

use crate::{hand, ours};

/// So many calls.
#[derive(Args)]
pub(crate) struct Call {
    /// Whose.
    client: Client,
    /// Where the server is.
    url: String,
    /// How many calls, one after the other.
    calls: usize,
}

/// The clients.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Client {
    /// The generated one.
    Generated,
    /// The one that is written by hand.
    Hand,
}

impl Call {
    /// Makes the calls.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            match self.client {
                Client::Generated => ours::run(&self.url, self.calls).await,
                Client::Hand => hand::run(&self.url, self.calls).await,
            }
        })
    }
}
