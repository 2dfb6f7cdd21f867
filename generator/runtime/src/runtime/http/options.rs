//! What every call can be told, whatever its operation is.

/// Gives the type of a call the methods that all calls have, and those that are named.
#[doc(hidden)]
#[macro_export]
macro_rules! call_options {
    ($name:ident $(, $key:ident())?) => {
        impl $name<'_> {
            /// Sets a header that the document does not describe.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call.header(name, value);
                self
            }

            /// Sets how long this call may take.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.call.timeout(timeout);
                self
            }

            /// Sets whether and when this call is sent again if it fails in passing.
            pub fn retries(mut self, retries: $crate::runtime::Retries) -> Self {
                self.call.retries(retries);
                self
            }

            $(
                /// Sets the header `Idempotency-Key`, by which the server knows the call when it is sent again.
                pub fn $key(mut self, key: &str) -> Self {
                    self.call.$key(key);
                    self
                }
            )?

            /// Sends the call even if it breaks the document's rules.
            pub fn unchecked(mut self) -> Self {
                self.call.unchecked();
                self
            }
        }
    };
}
