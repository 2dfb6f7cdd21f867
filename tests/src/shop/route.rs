//! Which request goes where.

use axum::http::request::Parts;
use axum::response::Response;

use super::answer::Answer;
use super::call::Call;
use super::defect::{Defect, Planted, Slip};
use super::store::Store;
use super::{
    cart, customers, images, orders, preferences, products, reviews, search, service, spoil,
};

type Handler = fn(&Call<'_>, &mut Store) -> Result<Answer, Answer>;

/// Method, template, name and handler of each operation; `*` stands for one segment.
const ROUTES: &[(&str, &str, &str, Handler)] = &[
    ("GET", "/products", "list_products", products::list),
    ("HEAD", "/products", "head_products", products::head),
    ("POST", "/products", "create_product", products::create),
    ("GET", "/products/*", "get_product", products::get),
    ("PUT", "/products/*", "replace_product", products::replace),
    ("PATCH", "/products/*", "update_product", products::update),
    ("DELETE", "/products/*", "delete_product", products::delete),
    ("GET", "/products/*/reviews", "list_reviews", reviews::list),
    (
        "POST",
        "/products/*/reviews",
        "create_review",
        reviews::create,
    ),
    ("GET", "/products/*/reviews/*", "get_review", reviews::get),
    (
        "DELETE",
        "/products/*/reviews/*",
        "delete_review",
        reviews::delete,
    ),
    ("POST", "/products/*/images", "upload_image", images::upload),
    ("GET", "/products/*/images/*", "get_image", images::get),
    ("GET", "/customers", "list_customers", customers::list),
    ("POST", "/customers", "create_customer", customers::create),
    ("GET", "/customers/*", "get_customer", customers::get),
    (
        "PATCH",
        "/customers/*",
        "update_customer",
        customers::update,
    ),
    (
        "DELETE",
        "/customers/*",
        "delete_customer",
        customers::delete,
    ),
    ("GET", "/orders", "list_orders", orders::list),
    ("POST", "/orders", "create_order", orders::create),
    ("GET", "/orders/*", "get_order", orders::get),
    ("DELETE", "/orders/*", "delete_order", orders::delete),
    ("POST", "/orders/*/cancel", "cancel_order", orders::cancel),
    ("POST", "/orders/*/pay", "pay_order", orders::pay),
    ("GET", "/search", "search", search::search),
    ("GET", "/cart", "get_cart", cart::get),
    ("PUT", "/cart", "put_cart", cart::put),
    (
        "GET",
        "/me/preferences",
        "get_preferences",
        preferences::get,
    ),
    (
        "PUT",
        "/me/preferences",
        "put_preferences",
        preferences::put,
    ),
    ("POST", "/exports", "start_export", service::start_export),
    ("GET", "/exports/*", "get_export", service::export),
    ("GET", "/reports/stock", "stock_report", service::stock),
    ("GET", "/health", "health", service::health),
];

/// Serves a request.
pub(super) fn serve(
    parts: &Parts,
    body: &[u8],
    defect: Option<&Defect>,
    store: &mut Store,
) -> Response {
    let path = parts.uri.path();
    let same_path = || {
        ROUTES
            .iter()
            .filter(|(_, template, ..)| ids(template, path).is_some())
    };
    let method = parts.method.as_str();
    let route = same_path().find(|(own, ..)| *own == method);
    // Every resource that can be read answers HEAD as well (RFC 9110 §9.1).
    let route = route.or_else(|| same_path().find(|(own, ..)| *own == "GET" && method == "HEAD"));
    let Some((_, template, name, handler)) = route else {
        let methods: Vec<&str> = same_path().map(|(own, ..)| *own).collect();
        let names: Vec<&str> = same_path().map(|(.., name, _)| *name).collect();
        return refuse(&methods, &names, method, defect);
    };
    let planted = Planted::at(name, defect);
    let ids = ids(template, path).unwrap_or_default();
    let call = Call::read(name, &ids, parts, body, planted);
    let answer = call.and_then(|call| handler(&call, store));
    let answer = answer.unwrap_or_else(|refusal| refusal);
    spoil::respond(answer, planted, method == "HEAD")
}

/// The segments that stand for `*`, where the template fits.
fn ids<'p>(template: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let (mut own, mut asked) = (template.split('/'), path.split('/'));
    let mut ids = Vec::new();
    loop {
        match (own.next(), asked.next()) {
            (None, None) => return Some(ids),
            (Some("*"), Some(id)) if !id.is_empty() => ids.push(id),
            (Some(own), Some(asked)) if own == asked && own != "*" => {}
            _ => return None,
        }
    }
}

/// Answers a path that is not there, or a method that the path does not have.
fn refuse(methods: &[&str], names: &[&str], method: &str, defect: Option<&Defect>) -> Response {
    let does = |slip| {
        let mut names = names.iter();
        names.any(|name| Planted::at(name, defect).does(slip))
    };
    let answer = if methods.is_empty() {
        Answer::not_found()
    } else if method == "OPTIONS" {
        Answer::empty(204).header("Allow", methods.join(", "))
    } else if does(Slip::OtherMethod) {
        Answer::json(200, serde_json::json!({}))
    } else if does(Slip::NoAllow) {
        Answer::problem(405, "The method is not served here")
    } else {
        let lies = does(Slip::AllowLies).then_some(method);
        let allowed: Vec<&str> = methods.iter().copied().chain(lies).collect();
        Answer::problem(405, "The method is not served here").header("Allow", allowed.join(", "))
    };
    answer.respond(|_| None)
}
