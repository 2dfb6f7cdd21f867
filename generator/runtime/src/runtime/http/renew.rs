//! The tokens of a call on its way: asked for before it is sent, and once more when a server refuses them.

use http::StatusCode;

use super::auth::Held;
use super::execute::Exchange;
use super::{ErrorKind, Fault, Secret};

/// The tokens that a call takes.
#[derive(Default)]
pub(super) struct Taken {
    tokens: Vec<Secret>,
    renewed: bool,
}

impl Taken {
    pub(super) fn tokens(&self) -> impl Iterator<Item = &Secret> {
        self.tokens.iter()
    }
}

impl Exchange<'_> {
    /// Asks for the tokens that the call takes; for none of those again that are at hand.
    pub(super) async fn ask_for_tokens(&mut self) -> Result<(), Fault> {
        let mut tokens = Vec::new();
        let credentials = &self.shared.settings.credentials;
        for (_, held) in credentials.of(self.schemes, &self.call.headers) {
            let Held::Source(source) = held else { continue };
            let left = self.shared.time.left(&self.deadline);
            let refused = self.taken.tokens.get(tokens.len());
            // The box keeps the future of calls small that need no token.
            let token = Box::pin(self.in_time(source.get(self.shared, left, refused))).await?;
            tokens.push(token.map_err(|error| {
                Fault::new(self.operation.name, ErrorKind::Authorization).caused_by(error)
            })?);
        }
        self.taken.tokens = tokens;
        Ok(())
    }

    /// Asks for other tokens, where an answer refuses those at hand for the first time; `false` if there are none.
    pub(super) async fn renew(&mut self, status: StatusCode) -> bool {
        let refused = status == StatusCode::UNAUTHORIZED && !self.taken.renewed;
        if !refused || self.taken.tokens.is_empty() || !self.call.can_repeat() {
            return false;
        }
        self.taken.renewed = true;
        let refused = self.taken.tokens.clone();
        self.ask_for_tokens().await.is_ok() && self.taken.tokens != refused
    }
}
