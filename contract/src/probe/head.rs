//! HEAD beside the GET that it is the head of.

use bindery_spec::model::Operation;
use bytes::Bytes;
use http::header::CONNECTION;
use http::{HeaderValue, Method, Request};

use super::{Reply, Sender};
use crate::checks::{Flaw, head};
use crate::validate::Contract;

/// How many requests [`beside_get`] sends.
pub(crate) const REQUESTS: usize = 3;

/// Sends HEAD between two times the same as GET, and says what it tells otherwise; `None` when one is not answered.
pub(crate) async fn beside_get(
    sender: &Sender,
    contract: &Contract,
    operation: &Operation,
    head: &Request<Bytes>,
) -> Option<(Reply, Vec<Flaw>)> {
    let mut get = head.clone();
    *get.method_mut() = Method::GET;
    // A server that tells what it was sent must see no difference; HEAD is the last on its connection.
    let close = HeaderValue::from_static("close");
    get.headers_mut().insert(CONNECTION, close);
    let before = sender.send(&get).await;
    let reply = sender.send(head).await;
    let after = sender.send(&get).await;
    let answers = [before.answer()?, reply.answer()?, after.answer()?];
    let flaws = head::compare(&contract.api, operation, answers);
    Some((reply, flaws))
}
