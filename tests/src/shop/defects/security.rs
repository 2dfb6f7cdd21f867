//! Doors that are open, and methods that nobody declared.

use crate::shop::defect::Defect;
use crate::shop::defect::Fault::Slip;
use crate::shop::defect::Slip::{
    AnyCredential, HalfCredential, NoAllow, NoCredential, OtherMethod,
};

const fn open(
    name: &'static str,
    operation: &'static str,
    rule: &'static str,
    slip: crate::shop::defect::Slip,
) -> Defect {
    Defect::new(
        name,
        operation,
        "authorization-ignored",
        ["", rule],
        Slip(slip),
    )
}

pub(super) const DEFECTS: &[Defect] = &[
    open("OrdersOpen", "list_orders", "security", NoCredential),
    open("ProductsOpen", "create_product", "security", NoCredential),
    open("SearchOpen", "search", "security", NoCredential),
    open("CartOpenToAll", "get_cart", "security", NoCredential),
    open("ReportOpen", "stock_report", "security", NoCredential),
    open("OrdersAnyToken", "list_orders", "credential", AnyCredential),
    open(
        "ProductsAnyToken",
        "list_products",
        "credential",
        AnyCredential,
    ),
    open("SearchAnyKey", "search", "credential", AnyCredential),
    open("CartAnySession", "get_cart", "credential", AnyCredential),
    open("ReportHalf", "stock_report", "", HalfCredential),
    Defect::new(
        "OtherMethodServed",
        "list_orders",
        "undeclared-method-served",
        ["method", "method"],
        Slip(OtherMethod),
    ),
    Defect::new(
        "AllowMissing",
        "get_cart",
        "allow-missing",
        ["response header Allow", "required"],
        Slip(NoAllow),
    ),
];
