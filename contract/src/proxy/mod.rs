//! A proxy between clients and a server: what passes is held to the document in both directions.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bindery_spec::Api;
use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HOST};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::channel::{Channel, Sender};
use http_body_util::{BodyExt, Either, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio::task::{JoinHandle, JoinSet};

use crate::probe::{Outcome, RunError};
use crate::replay::{Bodies, Recorded, Traffic};
use crate::serve;

/// The most bytes of a body that are kept to be judged; more of a response passes on all the same.
const MAX_BODY: usize = 16 << 20;
/// How many chunks of an answer wait for a slow client.
const WAITING: usize = 8;

/// Headers that are for one connection only (RFC 9110 §7.6.1).
const HOPS: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

type Body = Either<Full<Bytes>, Channel<Bytes, std::io::Error>>;

/// A proxy that is not served yet.
#[derive(Debug)]
pub struct Proxy {
    upstream: String,
    client: reqwest::Client,
    traffic: Mutex<Traffic>,
}

/// A proxy that is served. Dropping it stops it.
#[derive(Debug)]
pub struct Proxying {
    address: SocketAddr,
    proxy: Arc<Proxy>,
    begin: Instant,
    task: JoinHandle<()>,
}

impl Proxy {
    /// A proxy for the server at a URL, which the paths of the document are below of.
    ///
    /// # Errors
    /// When the URL is none, or no HTTP client can be set up.
    pub fn new(api: impl Into<Arc<Api>>, upstream: &str) -> Result<Self, RunError> {
        let upstream = upstream.trim_end_matches('/').to_owned();
        let url = reqwest::Url::parse(&upstream).ok();
        if !url.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
            return Err(RunError::BaseUrl(upstream));
        }
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| RunError::Client(error.to_string()))?;
        Ok(Self {
            traffic: Mutex::new(Traffic::new(api).base_url(&upstream)),
            upstream,
            client,
        })
    }

    /// Serves on an address, such as `127.0.0.1:0` for any free port.
    ///
    /// # Errors
    /// When the address is none, not free, or not ours.
    pub async fn bind(self, address: impl ToSocketAddrs) -> std::io::Result<Proxying> {
        let listener = TcpListener::bind(address).await?;
        let (address, proxy) = (listener.local_addr()?, Arc::new(self));
        Ok(Proxying {
            address,
            task: tokio::spawn(accept(listener, Arc::clone(&proxy))),
            proxy,
            begin: Instant::now(),
        })
    }

    fn observe(&self, recorded: &Recorded) {
        let mut traffic = self.traffic.lock().unwrap_or_else(PoisonError::into_inner);
        traffic.observe(recorded);
    }
}

impl Proxying {
    /// The base URL, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has passed so far came to.
    pub fn outcome(&self) -> Outcome {
        let traffic = self.proxy.traffic.lock();
        let outcome = traffic.unwrap_or_else(PoisonError::into_inner).outcome();
        Outcome {
            duration: self.begin.elapsed(),
            ..outcome
        }
    }
}

impl Drop for Proxying {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, proxy: Arc<Proxy>) {
    // The connections end with this set, and so with the task.
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(attend(stream, Arc::clone(&proxy)));
            }
            // Out of file handles, most likely: another attempt at once would fail the same way.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn attend(stream: TcpStream, proxy: Arc<Proxy>) {
    let service = service_fn(move |request| {
        let proxy = Arc::clone(&proxy);
        async move { Ok::<_, Infallible>(pass(proxy, request).await) }
    });
    let Some(stream) = serve::begun(stream).await else {
        return;
    };
    // A client that breaks off is no concern of the proxy.
    let _ = serve::versions().serve_connection(stream, service).await;
}

/// Passes a request on, and its answer back, chunk by chunk.
async fn pass(proxy: Arc<Proxy>, request: Request<Incoming>) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        return failure(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body cannot be read to its end",
        );
    };
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let url = format!("{}{target}", proxy.upstream);
    strip(&mut parts.headers);
    for name in [HOST, CONTENT_LENGTH, ACCEPT_ENCODING] {
        // What is coded on its way cannot be judged.
        parts.headers.remove(name);
    }
    let Ok(uri) = url.parse() else {
        return failure(StatusCode::BAD_REQUEST, "the target is no URL");
    };
    parts.uri = uri;
    let request = Request::from_parts(parts, body.to_bytes());
    let mut outgoing = proxy
        .client
        .request(request.method().clone(), &url)
        .headers(request.headers().clone());
    if !request.body().is_empty() {
        outgoing = outgoing.body(request.body().clone());
    }
    match outgoing.send().await {
        Ok(answer) => relay(proxy, request, answer),
        Err(_) => failure(
            StatusCode::BAD_GATEWAY,
            "the server behind the proxy does not answer",
        ),
    }
}

/// Sends an answer on while it comes, and has the exchange judged when it is complete.
fn relay(proxy: Arc<Proxy>, request: Request<Bytes>, answer: reqwest::Response) -> Response<Body> {
    let mut head = Response::new(Bytes::new());
    *head.status_mut() = answer.status();
    *head.headers_mut() = answer.headers().clone();
    strip(head.headers_mut());
    let (sender, channel) = Channel::new(WAITING);
    let response = head.clone().map(|_| Either::Right(channel));
    tokio::spawn(async move {
        let kept = forward(answer, sender).await;
        let coded = head.headers().contains_key(CONTENT_ENCODING);
        let bodies = Bodies {
            request: true,
            response: kept.is_some() && !coded,
        };
        *head.body_mut() = kept.unwrap_or_default();
        proxy.observe(&Recorded {
            request,
            response: Some(head),
            bodies,
        });
    });
    response
}

/// The whole body, as long as it can be kept; a client that leaves does not end it.
async fn forward(
    mut answer: reqwest::Response,
    mut sender: Sender<Bytes, std::io::Error>,
) -> Option<Bytes> {
    let (mut kept, mut whole, mut listening) = (BytesMut::new(), true, true);
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => {
                whole = whole && kept.len() + chunk.len() <= MAX_BODY;
                if whole {
                    kept.extend_from_slice(&chunk);
                }
                listening = listening && sender.send_data(chunk).await.is_ok();
                if !listening && !whole {
                    return None;
                }
            }
            Ok(None) => return whole.then(|| kept.freeze()),
            Err(_) => {
                sender.abort(std::io::Error::other("the answer was broken off"));
                return None;
            }
        }
    }
}

fn strip(headers: &mut HeaderMap) {
    for name in HOPS {
        headers.remove(name);
    }
}

fn failure(status: StatusCode, detail: &str) -> Response<Body> {
    let problem = crate::mock::problem(status.as_u16(), detail, &[]);
    problem.map(|body| Either::Left(Full::new(body)))
}

#[cfg(test)]
mod tests;
